import { join } from 'node:path';
import { loadOutputSchema } from 'n8n-core/dist/nodes-loader/output-schema-resolver';
import { PACKAGE_ROOT } from './packed.cts';

export const NODE_FOLDER = join(PACKAGE_ROOT, 'dist/nodes/ComplyCube');

/** The part of JSON Schema that n8n's editor reads. */
export interface Schema {
	type: string;
	properties?: Record<string, Schema>;
	items?: Schema;
	version?: number;
}

type Query = Omit<Parameters<typeof loadOutputSchema>[0], 'nodeDir'>;

/** Reads a schema of the built package with n8n's own function. */
export const loadSchema = (query: Query) =>
	loadOutputSchema({ nodeDir: NODE_FOLDER, ...query }) as unknown as Schema;

const IS_OF_TYPE: Record<string, (value: unknown) => boolean> = {
	object: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
	array: Array.isArray,
	string: (value) => typeof value === 'string',
	number: (value) => typeof value === 'number',
	integer: Number.isInteger,
	boolean: (value) => typeof value === 'boolean',
	null: (value) => value === null,
};

/** Lists what is wrong with a schema itself: keywords that n8n does not read, and gaps. */
export function schemaMistakes(schema: Schema, path = '$'): string[] {
	const { type, properties, items, version, ...others } = schema;
	return [
		...(type in IS_OF_TYPE ? [] : [`${path}: unknown type ${type}`]),
		...Object.keys(others).map((keyword) => `${path}: unknown keyword ${keyword}`),
		...((type === 'object') !== !!properties && path === '$' ? [`${path}: no properties`] : []),
		...((type === 'array') !== !!items ? [`${path}: items do not fit type ${type}`] : []),
		...(version !== undefined && path !== '$' ? [`${path}: version belongs to the root`] : []),
		...Object.entries(properties ?? {}).flatMap(([name, field]) =>
			schemaMistakes(field, `${path}.${name}`),
		),
		...(items ? schemaMistakes(items, `${path}[]`) : []),
	];
}

/** Lists where a value does not fit a schema, which has to declare every field of it. */
export function mismatches(value: unknown, schema: Schema | undefined, path = '$'): string[] {
	if (!schema) return [`${path} is not declared`];
	if (!IS_OF_TYPE[schema.type]?.(value)) return [`${path} is not of type ${schema.type}`];
	if (Array.isArray(value)) {
		return value.flatMap((item, i) => mismatches(item, schema.items, `${path}[${i}]`));
	}
	// An object without properties is one whose fields ComplyCube does not document
	if (Object.keys(schema.properties ?? {}).length === 0) return [];
	return Object.entries(value as object).flatMap(([name, field]) =>
		mismatches(field, schema.properties?.[name], `${path}.${name}`),
	);
}

/** Lists the declared fields that none of the values has. */
export function unusedFields(values: unknown[], schema: Schema, path = '$'): string[] {
	const items = values.filter(Array.isArray).flat();
	// Whether items have fields is only known of those there are
	if (schema.items) return items.length > 0 ? unusedFields(items, schema.items, `${path}[]`) : [];
	return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
		const found = values
			.map((value) => (value as Record<string, unknown>)[name])
			.filter((value) => value !== undefined);
		const place = `${path}.${name}`;
		return found.length > 0 ? unusedFields(found, field, place) : [place];
	});
}
