import type { IHookFunctions } from 'n8n-workflow';
import { Failure } from '../../nodes/ComplyCube/transport/failure';
import { readFilters } from '../../nodes/ComplyCube/trigger/filters';

/** A delivery whose 'Filters' are as they were entered, and whose expressions give these values. */
const contextOf = (entered: unknown, values: Record<string, unknown> = {}) =>
	({
		getNodeParameter: (path: string) => {
			if (path === 'filters') return entered;
			if (values[path] instanceof Error) throw values[path];
			return values[path];
		},
	}) as unknown as IHookFunctions;

describe('readFilters', () => {
	it.each([null, undefined, '', '={{ $json.filters }}', 5, [], [{ clientIds: 'c' }]])(
		'is a failure for %j, which n8n should never hand over: it must not let everything pass',
		(entered) => {
			expect(readFilters(contextOf(entered))).toEqual(new Failure("'Filters' is no collection"));
		},
	);

	it('leaves out what was left blank, and reads the rest', () => {
		const entered = { outcomes: [], otherOutcomes: ' , ', clientIds: '={{ x }}', other: 'x' };
		const filters = readFilters(contextOf(entered, { 'filters.clientIds': 'a, b' }));
		expect(filters).toEqual({ clientIds: ['a', 'b'] });
	});

	it.each<[unknown]>([[{}], [true], [{ toString: null }]])(
		'does not take %j for a filter that was left blank',
		(value) => {
			const context = contextOf({ clientIds: value }, { 'filters.clientIds': value });
			expect(readFilters(context)).toBeInstanceOf(Failure);
		},
	);

	it('takes an expression that fails for one that gives nothing, and does not repeat its words', () => {
		const values = { 'filters.clientIds': new Error('jane@example.com is no client') };
		expect(readFilters(contextOf({ clientIds: '={{ x }}' }, values))).toEqual(
			new Failure("the filter 'Clients' is an expression that gives nothing"),
		);
	});
});
