import type { INodeProperties } from 'n8n-workflow';

/** A resource and one of its operations, by their values. */
export type Pair = readonly [resource: string, operation: string];

/** A field, and the operations that show it. */
interface Field {
	property: INodeProperties;
	pairs: Pair[];
	/** Equal for fields that differ only in who shows them */
	key: string;
}

const unique = <T>(values: T[]): T[] => [...new Set(values)];

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
			resource: unique(pairs.map(([resource]) => resource)),
			operation: unique(pairs.map(([, operation]) => operation)),
		},
	},
});

const keyOf = (property: INodeProperties) => JSON.stringify(withPairs(property, []));

/**
 * Sorts fields so that each stands below all the fields that are above it in any operation.
 *
 * @param fields all fields
 * @param columns for each operation, its fields from top to bottom
 */
function sorted(fields: Field[], columns: Field[][]): Field[] {
	const depth = new Map(fields.map((field) => [field, 0]));
	// A field that moves down may move others, so this takes a few rounds, but fewer than there are fields
	for (let round = 0; round < fields.length; round++) {
		for (const column of columns) {
			let above = -1;
			for (const field of column) {
				above = Math.max(depth.get(field)!, above + 1);
				depth.set(field, above);
			}
		}
	}
	return [...fields].sort((one, other) => depth.get(one)! - depth.get(other)!);
}

const isIn = (pairs: readonly Pair[], [resource, operation]: Pair) =>
	pairs.some(([one, other]) => one === resource && other === operation);

/**
 * Declares equal fields of several operations once.
 *
 * n8n visits every declared property twice for every item, shown or not, and evaluates the parameter of its name each time: an
 * expression costs as often as its parameter's name is declared.
 *
 * @param properties the fields of all operations, each shown for its own resource and operation
 * @param existing every resource with each of its operations
 * @returns the same fields, each operation's in their own order. Equal ones are declared once for all of their operations, as
 * far as n8n can express that: it shows a field for every listed operation of every listed resource
 */
export function mergeEqualProperties(
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
	// One merge may make another one possible
	for (let before = 0; before !== fields.length; ) {
		before = fields.length;
		for (const field of [...fields].reverse()) {
			const partner = fields
				.slice(0, fields.indexOf(field))
				.find((other) => other.key === field.key && fits(other, field));
			if (!partner) continue;
			partner.pairs.push(...field.pairs);
			fields.splice(fields.indexOf(field), 1);
		}
	}
	const columns = existing.map((pair) =>
		declared
			.filter(({ property }) => isIn(pairsOf(property), pair))
			.map((own) => fields.find(({ key, pairs }) => key === own.key && isIn(pairs, pair))!),
	);
	return sorted(fields, columns).map(({ property, pairs }) => withPairs(property, pairs));
}
