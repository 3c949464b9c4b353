import fc from 'fast-check';
import type { INodeProperties } from 'n8n-workflow';
import {
	mergeEqualProperties,
	type Pair,
} from '../../nodes/ComplyCube/fields/mergeEqualProperties';

const field = (
	name: string,
	[resource, operation]: Pair,
	more: Partial<INodeProperties> = {},
): INodeProperties => ({
	displayName: name,
	name,
	type: 'string',
	default: '',
	...more,
	displayOptions: {
		...more.displayOptions,
		show: { resource: [resource], operation: [operation], ...more.displayOptions?.show },
	},
});

/** As n8n decides what an operation shows. */
const shownIn = (properties: INodeProperties[], [resource, operation]: Pair) =>
	properties.filter(
		({ displayOptions }) =>
			displayOptions?.show?.resource?.includes(resource) &&
			displayOptions.show.operation?.includes(operation),
	);

/** A field without who shows it. */
const bare = ({ displayOptions, ...rest }: INodeProperties) => {
	const { resource: _, operation: __, ...show } = displayOptions?.show ?? {};
	return { ...rest, displayOptions: { ...displayOptions, show } };
};

const show = ({ displayOptions }: INodeProperties) => displayOptions?.show;

describe('mergeEqualProperties', () => {
	it('declares equal fields of one resource once', () => {
		const pairs: Pair[] = [
			['client', 'get'],
			['client', 'update'],
			['client', 'getAll'],
		];
		const [get, update, getAll] = pairs;
		const result = mergeEqualProperties(
			[field('clientId', get), field('clientId', update), field('limit', getAll)],
			pairs,
		);
		expect(result.map(({ name }) => name)).toEqual(['clientId', 'limit']);
		expect(show(result[0])).toEqual({ resource: ['client'], operation: ['get', 'update'] });
	});

	it('declares equal fields of several resources once', () => {
		const pairs: Pair[] = [
			['client', 'getAll'],
			['check', 'getAll'],
			['check', 'create'],
		];
		const result = mergeEqualProperties(
			[field('limit', pairs[0]), field('limit', pairs[1])],
			pairs,
		);
		expect(result.map(show)).toEqual([{ resource: ['client', 'check'], operation: ['getAll'] }]);
	});

	it('does not show a field where it does not belong', () => {
		// As n8n crosses resources with operations, one field would be shown for document/update as well
		const pairs: Pair[] = [
			['client', 'update'],
			['document', 'upload'],
			['document', 'update'],
		];
		const result = mergeEqualProperties(
			[field('clientId', pairs[0]), field('clientId', pairs[1])],
			pairs,
		);
		expect(result).toHaveLength(2);
	});

	it.each<[what: string, more: Partial<INodeProperties>]>([
		['type', { type: 'number' }],
		['description', { description: 'Another' }],
		['routing', { routing: { send: { type: 'body', property: 'x' } } }],
		['condition', { displayOptions: { show: { output: ['raw'] } } }],
		['place', { displayOptions: { hide: { output: ['raw'] } } }],
	])('does not share fields of another %s', (_, more) => {
		const pairs: Pair[] = [
			['client', 'get'],
			['client', 'update'],
		];
		const fields = [field('clientId', pairs[0]), field('clientId', pairs[1], more)];
		expect(mergeEqualProperties(fields, pairs)).toEqual(fields);
	});

	it('keeps the other conditions', () => {
		const pairs: Pair[] = [
			['client', 'get'],
			['client', 'getAll'],
		];
		const more = { displayOptions: { show: { output: ['selected'] }, hide: { raw: [true] } } };
		const result = mergeEqualProperties(
			pairs.map((pair) => field('fields', pair, more)),
			pairs,
		);
		expect(result.map(({ displayOptions }) => displayOptions)).toEqual([
			{
				show: { resource: ['client'], operation: ['get', 'getAll'], output: ['selected'] },
				hide: { raw: [true] },
			},
		]);
	});

	it('puts a shared field below what any operation has above it', () => {
		const pairs: Pair[] = [
			['client', 'getAll'],
			['session', 'get'],
		];
		const result = mergeEqualProperties(
			[field('output', pairs[0]), field('sessionId', pairs[1]), field('output', pairs[1])],
			[...pairs],
		);
		expect(shownIn(result, pairs[1]).map(({ name }) => name)).toEqual(['sessionId', 'output']);
	});

	it('never changes what it is given', () => {
		const pairs: Pair[] = [
			['client', 'get'],
			['client', 'update'],
		];
		const fields = pairs.map((pair) => field('clientId', pair));
		const before = structuredClone(fields);
		mergeEqualProperties(fields, pairs);
		expect(fields).toEqual(before);
	});

	it('has nothing to do for no fields', () => {
		expect(mergeEqualProperties([], [])).toEqual([]);
	});

	it('shows every operation exactly its own fields, in its own order', () => {
		// Names in one order for all operations, as forms have it; two variants of each are different fields
		const column = fc.uniqueArray(
			fc.record({ name: fc.constantFrom('a', 'b', 'c', 'd', 'e'), variant: fc.boolean() }),
			{ selector: ({ name }) => name, maxLength: 5 },
		);
		const operations = fc.uniqueArray(
			fc.record({
				pair: fc.tuple(fc.constantFrom('r1', 'r2', 'r3'), fc.constantFrom('o1', 'o2', 'o3', 'o4')),
				column,
			}),
			{ selector: ({ pair }) => pair.join('/') },
		);
		fc.assert(
			fc.property(operations, (given) => {
				const own = given.map(({ pair, column: fields }) => ({
					pair,
					fields: fields
						.sort((one, other) => one.name.localeCompare(other.name))
						.map(({ name, variant }) => field(name, pair, variant ? { hint: 'Another' } : {})),
				}));
				const all = own.flatMap(({ fields }) => fields);
				const result = mergeEqualProperties(
					all,
					own.map(({ pair }) => pair),
				);
				expect(result.length).toBeLessThanOrEqual(all.length);
				for (const { pair, fields } of own) {
					expect(shownIn(result, pair).map(bare)).toEqual(fields.map(bare));
				}
			}),
		);
	});
});
