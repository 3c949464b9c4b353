import type { IDataObject, INodePropertyOptions } from 'n8n-workflow';
import { description } from '../operations/index.cts';
import type { ResourceCalls } from './resourceCalls.cts';

/**
 * Declares the tests of a search that uses up paid quota.
 *
 * @param calls a function, because the simulator starts after the tests are declared
 * @param resource the search's
 * @param path of its request
 * @param parameters with which something is found, and which do not depend on the item
 */
export function paidSearches(
	calls: () => ResourceCalls,
	resource: string,
	path: string,
	parameters: IDataObject,
): void {
	const run = async (more = {}) => await calls().run({ operation: 'search', parameters, ...more });
	const sentPaths = () =>
		calls()
			.sent()
			.map((request) => request.path);

	describe('as a paid search', () => {
		it.each(['dropAfter', 'dropBefore', 'shortBody'] as const)(
			'is sent once if its answer is lost: %s',
			async (kind) => {
				calls().simulator.faults.add({ kind });
				const { error } = await run();
				expect(sentPaths()).toEqual([path]);
				expect(error?.description).toContain('may have counted against the quota');
				expect(error?.description).toContain('before you run this item again');
			},
		);

		it("is not sent again by n8n's Retry On Fail after a lost answer", async () => {
			calls().simulator.faults.add({ kind: 'dropAfter', times: 1 });
			const { error } = await run({
				nodeSettings: { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 },
			});
			expect(error?.description).toContain('did not send this item again');
			expect(sentPaths()).toEqual([path]);
		});

		it('is sent again only where ComplyCube did not take it', async () => {
			calls().simulator.faults.add({ kind: 'reply', status: 429, times: 1 });
			const { error } = await run();
			expect(error).toBeUndefined();
			expect(sentPaths()).toEqual([path, path]);
		});

		it('is not sent for the items behind one that fails', async () => {
			calls().simulator.faults.add({ kind: 'reply', status: 403, times: 1 });
			const { error } = await run({ input: [{}, {}, {}] });
			expect(error?.httpCode).toBe('403');
			expect(error?.description).toContain('2 other items of this run were not sent');
			expect(sentPaths()).toEqual([path]);
		});

		it('says that the quota is used up', async () => {
			calls().simulator.settings.quotaExceeded = true;
			const { error } = await run();
			expect(error?.message).toContain("quota of ComplyCube's plan is used up");
			expect(sentPaths()).toEqual([path]);
		});

		it('gives no item if nothing is found', async () => {
			calls().simulator.settings.knownAddresses = [];
			calls().simulator.settings.registeredCompanies = [];
			expect(await run()).toMatchObject({ items: [], error: undefined });
		});

		it.each([{ totalItems: 0 }, { items: [] }])('takes %j for no results', async (reply) => {
			calls().answerWith(reply);
			expect(await run()).toMatchObject({ items: [], error: undefined });
		});

		it.each([{}, { items: 'none' }, { results: [] }])(
			'never passes off %j as no results',
			async (reply) => {
				calls().answerWith(reply);
				const { error } = await run();
				expect(error?.message).toBe('The answer was not a list as ComplyCube sends it');
				expect(error?.description).toContain('before you run this item again');
			},
		);

		it('says in its action and its hint that it costs', () => {
			const { options = [] } = description.properties.find(
				({ name, displayOptions }) =>
					name === 'operation' && displayOptions?.show?.resource?.includes(resource),
			)!;
			const { action } = (options as INodePropertyOptions[]).find(
				({ value }) => value === 'search',
			)!;
			expect(action).toContain('(paid quota)');
			const hint = description.hints!.find(({ displayCondition }) =>
				displayCondition?.includes(`"${resource}"`),
			);
			expect(hint?.message).toContain('uses paid quota');
		});
	});
}
