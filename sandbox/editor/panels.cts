import {
	NodeHelpers,
	type INode,
	type INodeParameters,
	type INodeProperties,
	type INodePropertyCollection,
	type INodePropertyOptions,
	type INodeTypeDescription,
} from 'n8n-workflow';

/** A node's panel in the editor. */
export interface Panel {
	/** What it shows, for example `check create, all fields`. */
	name: string;
	parameters: INodeParameters;
}

/** The value of a parameter that shows fields which are hidden otherwise. */
type Choice = [parameter: string, value: INodeParameters[string]];

/** The parameters that choose the operation. */
const SELECTORS = ['resource', 'operation'];

/** An operation that n8n adds by itself. */
const CUSTOM_API_CALL = '__CUSTOM_API_CALL__';

/**
 * Lists every panel of a node: each operation as it is when it is added, and with everything that can be added to it. Where one
 * choice hides what another one shows, there is a panel for each.
 *
 * @param type The node's description, as the editor gets it
 */
export function panelsOf(type: INodeTypeDescription): Panel[] {
	return operationsOf(type).flatMap((parameters) => {
		const name = Object.values(parameters).join(' ') || type.displayName;
		const variants = choicesOf(type, parameters).reduce(
			(found, choice) => withChoice(type, found, choice),
			[{ name: 'all fields', parameters }],
		);
		return [
			{ name, parameters },
			...variants.map((variant) => ({
				name: `${name}, ${variant.name}`,
				parameters: withAllFields(type, variant.parameters),
			})),
		];
	});
}

/** The version of a node that the editor adds. */
export const latestVersion = ({ version, defaultVersion }: INodeTypeDescription): number =>
	defaultVersion ?? Math.max(...[version].flat());

/** The parameters of each operation of each resource; none for a node without operations. */
function operationsOf(type: INodeTypeDescription): INodeParameters[] {
	return SELECTORS.reduce<INodeParameters[]>(
		(found, name) =>
			found.flatMap((parameters) => {
				const selector = shownFields(type, parameters).find((property) => property.name === name);
				if (!selector) return [parameters];
				return (selector.options as INodePropertyOptions[])
					.filter(({ value }) => value !== CUSTOM_API_CALL)
					.map(({ value }) => ({ ...parameters, [name]: value }));
			}),
		[{}],
	);
}

const nodeOf = (type: INodeTypeDescription, parameters: INodeParameters): INode => ({
	id: type.name,
	name: type.displayName,
	type: type.name,
	typeVersion: latestVersion(type),
	position: [0, 0],
	parameters,
});

/** The given values, and the defaults of all others. */
const withDefaults = (type: INodeTypeDescription, parameters: INodeParameters): INodeParameters =>
	NodeHelpers.getNodeParameters(
		type.properties,
		parameters,
		true,
		false,
		nodeOf(type, parameters),
		type,
	)!;

const isShown = (
	type: INodeTypeDescription,
	field: INodeProperties,
	values: INodeParameters,
	root = values,
): boolean => NodeHelpers.displayParameter(values, field, nodeOf(type, root), type, root);

/** The fields on a panel, without those inside collections. */
function shownFields(type: INodeTypeDescription, parameters: INodeParameters): INodeProperties[] {
	const values = withDefaults(type, parameters);
	return type.properties.filter((field) => isShown(type, field, values));
}

/** What a field is shown for, by the parameters that it depends on. */
const conditionsOf = ({ displayOptions }: INodeProperties): Choice[] =>
	Object.entries(displayOptions?.show ?? {}).map(([path, values]) => [
		path.replace(/^\//, ''),
		(values as INodeParameters[])[0],
	]);

/** The choices on an operation's panel that show more fields than there are at first. */
function choicesOf(type: INodeTypeDescription, parameters: INodeParameters): Choice[] {
	const values = withDefaults(type, parameters);
	const shown = new Set(shownFields(type, parameters).map(({ name }) => name));
	const isOfOperation = (field: INodeProperties) =>
		SELECTORS.every((name) => {
			const allowed = field.displayOptions?.show?.[name] as unknown[] | undefined;
			return allowed?.includes(parameters[name]) ?? true;
		});
	const choices = type.properties
		.filter(isOfOperation)
		.flatMap((field) =>
			field.type === 'collection' ? [field, ...(field.options as INodeProperties[])] : field,
		)
		.flatMap(conditionsOf)
		.filter(
			([name, value]) => shown.has(name) && !SELECTORS.includes(name) && values[name] !== value,
		);
	return [...new Map(choices.map((choice) => [choice.join(), choice])).values()];
}

/** Adds a choice to the first panel if it only adds fields there, or else makes another panel of it. */
function withChoice(
	type: INodeTypeDescription,
	[first, ...others]: Panel[],
	[name, value]: Choice,
): Panel[] {
	const chosen = { ...first.parameters, [name]: value };
	const before = allFieldsOf(type, first.parameters);
	const after = allFieldsOf(type, chosen);
	if (before.every((field) => after.includes(field))) {
		return [{ ...first, parameters: chosen }, ...others];
	}
	return [first, ...others, { name: `${name} ${String(value)}`, parameters: chosen }];
}

/** The names of all fields on a panel once everything was added to it. */
function allFieldsOf(type: INodeTypeDescription, parameters: INodeParameters): string[] {
	const values = withAllFields(type, parameters);
	return shownFields(type, parameters).flatMap(({ name, type: kind }) =>
		kind === 'collection' ? Object.keys(values[name] as INodeParameters) : name,
	);
}

/** Adds all fields that can be added. */
function withAllFields(type: INodeTypeDescription, parameters: INodeParameters): INodeParameters {
	const root = withDefaults(type, parameters);
	const added = shownFields(type, parameters)
		.filter(({ type: kind }) => kind === 'collection' || kind === 'fixedCollection')
		.map((field) => [field.name, filled(type, field, root)]);
	return { ...parameters, ...(Object.fromEntries(added) as INodeParameters) };
}

/** The value of a field once everything was added to it. */
function filled(
	type: INodeTypeDescription,
	field: INodeProperties,
	root: INodeParameters,
): INodeParameters[string] {
	if (field.type === 'fixedCollection') {
		const groups = (field.options as INodePropertyCollection[]).map(({ name, values }) => {
			const row = filledRow(type, values, root);
			return [name, field.typeOptions?.multipleValues ? [row] : row];
		});
		return Object.fromEntries(groups) as INodeParameters;
	}
	if (field.type !== 'collection') return field.default as INodeParameters[string];
	return filledRow(type, field.options as INodeProperties[], root);
}

function filledRow(
	type: INodeTypeDescription,
	fields: INodeProperties[],
	root: INodeParameters,
): INodeParameters {
	const values = fields.map((field) => [field.name, filled(type, field, root)]);
	const names = new Set(fields.map(({ name }) => name));
	const row = Object.fromEntries([
		...values,
		// Switches next to them that show more
		...fields.flatMap(conditionsOf).filter(([name]) => names.has(name)),
	]) as INodeParameters;
	const shown = fields.filter((field) => isShown(type, field, row, root));
	return Object.fromEntries(shown.map(({ name }) => [name, row[name]])) as INodeParameters;
}
