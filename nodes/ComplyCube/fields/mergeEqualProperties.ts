import type { INodeProperties } from 'n8n-workflow';
import { byLabel } from './byLabel';

/** A resource and one of its operations, by their values. */
export type Pair = readonly [resource: string, operation: string];

/** A field, and the operations that show it. */
interface Field {
	property: INodeProperties;
	pairs: Pair[];
	/** Equal for fields that differ only in who shows them */
	key: string;
}

const different = <T>(values: T[]): T[] => [...new Set(values)];

const pairsOf = ({ displayOptions }: INodeProperties): Pair[] => {
	const { resource = [], operation = [] } = displayOptions?.show ?? {};
	return (resource as string[]).flatMap((one) =>
		(operation as string[]).map((other): Pair => [one, other]),
	);
};

const withPairs = (property: INodeProperties, pairs: Pair[]): INodeProperties => ({
	...property,
	displayOptions: {
		...property.displayOptions,
		show: {
			...property.displayOptions?.show,
			resource: different(pairs.map(([resource]) => resource)),
			operation: different(pairs.map(([, operation]) => operation)),
		},
	},
});

const keyOf = (property: INodeProperties) => JSON.stringify(withPairs(property, []));

/**
 * Puts fields in an order.
 *
 * @param fields all fields
 * @param columns for each operation, its fields from top to bottom
 * @returns the fields, each below all that are above it in any operation
 */
function inOrder(fields: Field[], columns: Field[][]): Field[] {
	const depth = new Map(fields.map((field) => [field, 0]));
	// A field that moves may move others, so that it takes a few rounds; fewer than there are fields
	for (let round = 0; round < fields.length; round++) {
		for (const column of columns) {
			column.slice(1).forEach((field, above) => {
				depth.set(field, Math.max(depth.get(field)!, depth.get(column[above])! + 1));
			});
		}
	}
	return [...fields].sort((one, other) => depth.get(one)! - depth.get(other)!);
}

const isIn = (pairs: readonly Pair[], [resource, operation]: Pair) =>
	pairs.some(([one, other]) => one === resource && other === operation);

/**
 * Declares equal fields of several operations once.
 *
 * n8n visits every declared property twice for every item, shown or not, and evaluates the parameter of its name: an ID
 * that is an expression costs as often as it is declared.
 *
 * @param properties the fields of all operations, each shown for its own resource and operation
 * @param existing every resource with each of its operations
 * @returns the same fields, each operation's in their own order, equal ones once for all of their operations as far as n8n
 * can say that: it shows a field for every listed operation of every listed resource
 */
export function shared(
	properties: INodeProperties[],
	existing: readonly Pair[],
): INodeProperties[] {
	const declared = properties.map(
		(property): Field => ({
			property,
			pairs: pairsOf(property),
			key: keyOf(property),
		}),
	);
	const fields = [...declared];
	const fits = (one: Field, other: Field) => {
		const pairs = [...one.pairs, ...other.pairs];
		const shown = pairsOf(withPairs(one.property, pairs));
		return shown.every((pair) => isIn(pairs, pair) || !isIn(existing, pair));
	};
	// A join may make the next one possible, so that it goes on until nothing more fits
	for (let before = 0; before !== fields.length; ) {
		before = fields.length;
		for (let place = fields.length - 1; place > 0; place--) {
			const field = fields[place];
			const partner = fields
				.slice(0, place)
				.find((other) => other.key === field.key && fits(other, field));
			if (!partner) continue;
			partner.pairs.push(...field.pairs);
			fields.splice(place, 1);
		}
	}
	const columns = existing.map((pair) =>
		declared
			.filter(({ property }) => isIn(pairsOf(property), pair))
			.map((own) => fields.find(({ key, pairs }) => key === own.key && isIn(pairs, pair))!),
	);
	return inOrder(fields, columns).map(({ property, pairs }) => withPairs(property, pairs));
}

const withoutOptions = (property: INodeProperties) => keyOf({ ...property, options: undefined });

/** Within a collection, a slash leads to the node's own fields. */
function inCollection(option: INodeProperties): INodeProperties {
	const { resource, operation, ...show } = option.displayOptions?.show ?? {};
	return {
		...option,
		displayOptions: {
			...option.displayOptions,
			show: { '/resource': resource, '/operation': operation, ...show },
		},
	};
}

/**
 * Gives collections that differ in their options only, such as 'Additional Fields', the options of all of them, each shown
 * where it belongs: they are equal then, and declared once. n8n only looks at the options that somebody added.
 *
 * @param properties the fields of all operations, each shown for its own resource and operation
 * @param existing every resource with each of its operations
 * @returns the same fields in the same order
 */
export function withJoinedCollections(
	properties: INodeProperties[],
	existing: readonly Pair[],
): INodeProperties[] {
	const optionsOf = (collection: INodeProperties) =>
		(collection.options as INodeProperties[]).map((option) => {
			const { resource, operation } = collection.displayOptions?.show ?? {};
			const show = { ...option.displayOptions?.show, resource, operation };
			return { ...option, displayOptions: { ...option.displayOptions, show } };
		});
	const collections = properties.filter(({ type }) => type === 'collection');
	const options = new Map<string, INodeProperties[]>();
	for (const collection of collections) {
		const key = withoutOptions(collection);
		options.set(key, [...(options.get(key) ?? []), ...optionsOf(collection)]);
	}
	for (const [key, all] of options) {
		options.set(key, shared(all, existing).map(inCollection).sort(byLabel));
	}
	return properties.map((property) =>
		property.type === 'collection'
			? { ...property, options: options.get(withoutOptions(property)) }
			: property,
	);
}
