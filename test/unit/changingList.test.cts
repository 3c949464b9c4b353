import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import type { ApiRequest } from '../../nodes/ComplyCube/transport/connection';
import { Failure } from '../../nodes/ComplyCube/transport/failure';
import { readPages } from '../../nodes/ComplyCube/transport/pages';
import { fakeConnection } from './fakeConnection.cts';

const GET = { method: 'GET', path: '/clients' } as const;

/** What happens to the list between two requests: how many new objects come, and which places are deleted. */
interface Change {
	created: number;
	/** Where others come in that were not in the list before, as shares of its length */
	entered?: number[];
	/** Shares of the list's length, from 0 to 1 */
	deleted: number[];
}

/** A list as ComplyCube serves it, newest object first, that changes after each request. */
class ChangingList {
	private objects: Array<{ id: string }>;

	private born = 0;

	/** What is in the list, and was from the beginning */
	readonly lasting: Set<string>;

	requests: Array<{ page: number; pageSize: number }> = [];

	constructor(
		length: number,
		private readonly changeAfter: (request: number) => Change | undefined,
		private readonly largestPage = 1_000,
	) {
		this.objects = Array.from({ length }, (_, i) => ({ id: `c${i}` }));
		this.lasting = new Set(this.objects.map(({ id }) => id));
	}

	answer({ qs }: ApiRequest): IDataObject {
		const asked = qs as { page: number; pageSize: number };
		const pageSize = Math.min(asked.pageSize, this.largestPage);
		this.requests.push(asked);
		const items = this.objects.slice((asked.page - 1) * pageSize, asked.page * pageSize);
		const totalItems = this.objects.length;
		const pages = Math.ceil(totalItems / pageSize);
		this.change(this.changeAfter(this.requests.length));
		return { page: asked.page, pageSize, totalItems, pages, items };
	}

	async read(limit = Infinity, request: ApiRequest = GET): Promise<string[] | Failure> {
		const send = async (page: ApiRequest) => this.answer(page);
		const list = await readPages({ ...fakeConnection([]), send }, request, limit);
		return list instanceof Failure ? list : list.map(({ id }) => id as string);
	}

	private change(change?: Change): void {
		for (const share of change?.deleted ?? []) {
			const [gone] = this.objects.splice(Math.floor(share * this.objects.length), 1);
			if (gone) this.lasting.delete(gone.id);
		}
		for (const share of change?.entered ?? []) {
			const place = Math.ceil(share * this.objects.length);
			this.objects.splice(place, 0, { id: `e${this.born++}` });
		}
		const created = Array.from({ length: change?.created ?? 0 }, () => ({ id: `n${this.born++}` }));
		this.objects.unshift(...created);
	}
}

function expectComplete(ids: string[] | Failure, { lasting }: ChangingList): void {
	expect(ids).not.toBeInstanceOf(Failure);
	const list = ids as string[];
	expect(new Set(list).size).toBe(list.length);
	expect([...lasting].filter((id) => !list.includes(id))).toEqual([]);
}

/** Reads any list that changes in any way: it is complete, or a sentence says why not. */
async function expectCompleteOrTold(
	{
		length,
		pageSize,
		changes,
	}: Record<'length' | 'pageSize', fc.Arbitrary<number>> & {
		changes: fc.Arbitrary<Change>;
	},
	numRuns: number,
	request?: ApiRequest,
): Promise<void> {
	const happening = fc.array(fc.option(changes, { nil: undefined }), { maxLength: 60 });
	await fc.assert(
		fc.asyncProperty(length, pageSize, happening, async (total, size, after) => {
			const list = new ChangingList(total, (number) => after[number - 1], size);
			const ids = await list.read(Infinity, request);
			if (ids instanceof Failure) expect(ids.message).toContain('changed while it was read');
			else expectComplete(ids, list);
			expect(list.requests.length).toBeLessThan(2_000);
		}),
		{ numRuns },
	);
}

describe('a list that changes while it is read', () => {
	it('has all that was there all the time: three of 2,500 deleted between the first two pages', async () => {
		const list = new ChangingList(2_500, (request) =>
			request === 1 ? { created: 0, deleted: [0, 0.1, 0.2] } : undefined,
		);
		const ids = await list.read();
		expectComplete(ids, list);
		expect((ids as string[]).slice(0, 2_500)).toEqual(
			Array.from({ length: 2_500 }, (_, i) => `c${i}`),
		);
		expect(list.requests.length).toBeLessThanOrEqual(5);
	});

	it.each([1, 2])('has all if what was deleted came before the end of page %p', async (after) => {
		const list = new ChangingList(3_000, (request) =>
			request === after ? { created: 0, deleted: Array(900).fill(0) as number[] } : undefined,
		);
		expectComplete(await list.read(), list);
	});

	it('has all up to a limit', async () => {
		const list = new ChangingList(5_000, (request) =>
			request === 1 ? { created: 0, deleted: [0, 0, 0] } : undefined,
		);
		const ids = await list.read(1_500);
		expect(ids).toEqual(Array.from({ length: 1_500 }, (_, i) => `c${i}`));
	});

	it('goes on when new objects fill a whole page with known ones', async () => {
		const list = new ChangingList(3_000, (request) =>
			request === 1 ? { created: 1_000, deleted: [] } : undefined,
		);
		expectComplete(await list.read(), list);
	});

	it('needs no more requests than pages when new objects come', async () => {
		const list = new ChangingList(2_500, () => ({ created: 1, deleted: [] }));
		expectComplete(await list.read(), list);
		expect(list.requests).toEqual([1, 2, 3].map((page) => ({ page, pageSize: 1_000 })));
	});

	it('is read to its end though something is deleted at every request', async () => {
		const list = new ChangingList(8_000, () => ({ created: 0, deleted: [0, 0.5, 0.99] }));
		expectComplete(await list.read(), list);
		expect(list.requests.length).toBeLessThan(20);
	});

	it('fails, and says so, when it changes faster than it can be read', async () => {
		const list = new ChangingList(5_000, (request) => ({
			created: request % 2 === 0 ? 0 : 2_500,
			deleted: request % 2 === 0 ? (Array(2_500).fill(0) as number[]) : [],
		}));
		const failure = await list.read();
		expect(failure).toBeInstanceOf(Failure);
		expect(failure).toMatchObject({
			message: expect.stringContaining('changed while it was read'),
			details: { description: expect.stringContaining('later') },
		});
		expect(list.requests.length).toBeLessThan(200);
	});

	it('fails when its count promises more than ever comes', async () => {
		const send = async ({ qs }: ApiRequest): Promise<IDataObject> => ({
			items: qs?.page === 1 ? [{ id: 'a' }, { id: 'b' }] : [],
			totalItems: 2_500,
		});
		const list = await readPages({ ...fakeConnection([]), send }, GET, Infinity);
		expect((list as Failure).message).toContain('changed while it was read');
	});

	const share = fc.double({ min: 0, max: 0.999, noNaN: true });
	const change = fc.record({
		created: fc.nat({ max: 3 }),
		deleted: fc.array(share, { maxLength: 3 }),
	});

	it('never lacks what was there all the time, nor has anything twice', async () => {
		const length = fc.nat({ max: 300 });
		const largestPage = fc.integer({ min: 7, max: 60 });
		const changes = fc.array(fc.option(change, { nil: undefined }), { maxLength: 60 });
		await fc.assert(
			fc.asyncProperty(length, largestPage, changes, async (total, pageSize, happening) => {
				const list = new ChangingList(total, (request) => happening[request - 1], pageSize);
				expectComplete(await list.read(), list);
			}),
			{ numRuns: 1_500 },
		);
	});

	it('never lacks the newest of them, whatever the limit', async () => {
		const length = fc.nat({ max: 200 });
		const limit = fc.integer({ min: 1, max: 250 });
		const changes = fc.array(fc.option(change, { nil: undefined }), { maxLength: 40 });
		await fc.assert(
			fc.asyncProperty(length, limit, changes, async (total, most, happening) => {
				const list = new ChangingList(total, (request) => happening[request - 1], 10);
				const ids = (await list.read(most)) as string[];
				expect(new Set(ids).size).toBe(ids.length);
				expect(ids.length).toBeLessThanOrEqual(most);
				const lasting = [...list.lasting];
				const lacking = lasting.filter((id) => !ids.includes(id));
				// What lacks is older than all that came
				if (ids.length < most) expect(lacking).toEqual([]);
				const last = lasting.map((id) => ids.includes(id)).lastIndexOf(true);
				expect(lacking.filter((id) => lasting.indexOf(id) < last)).toEqual([]);
			}),
			{ numRuns: 1_000 },
		);
	});

	it('is complete though more is deleted between any two pages than one page holds', async () => {
		const many = fc.record({
			created: fc.nat({ max: 3 }),
			deleted: fc.array(share, { maxLength: 15 }),
		});
		await fc.assert(
			fc.asyncProperty(
				fc.nat({ max: 120 }),
				fc.array(many, { maxLength: 30 }),
				async (total, happening) => {
					const list = new ChangingList(total, (request) => happening[request - 1], 10);
					expectComplete(await list.read(), list);
				},
			),
			{ numRuns: 300 },
		);
	});

	it('is survived however much it changes: complete, or a sentence', async () => {
		const wild = fc.record({
			created: fc.nat({ max: 40 }),
			deleted: fc.array(share, { maxLength: 40 }),
		});
		await expectCompleteOrTold(
			{ length: fc.nat({ max: 300 }), pageSize: fc.integer({ min: 1, max: 20 }), changes: wild },
			500,
		);
	});
});

describe('a filtered list, which others come into and leave', () => {
	const FILTERED = { ...GET, qs: { status: 'complete' } };

	it('has all though its count stays: one leaves a page that was read, one comes in further back', async () => {
		const list = new ChangingList(2_500, (request) =>
			request === 1 ? { created: 0, deleted: [0], entered: [0.9] } : undefined,
		);
		expectComplete(await list.read(Infinity, FILTERED), list);
		expect(list.requests.length).toBeLessThanOrEqual(5);
	});

	it('needs no more requests than pages while nothing changes', async () => {
		const list = new ChangingList(2_500, () => undefined);
		expectComplete(await list.read(Infinity, FILTERED), list);
		expect(list.requests).toHaveLength(3);
	});

	it('is complete, or a sentence says why not', async () => {
		const share = fc.double({ min: 0, max: 0.999, noNaN: true });
		const change = fc.record({
			created: fc.nat({ max: 3 }),
			deleted: fc.array(share, { maxLength: 3 }),
			entered: fc.array(share, { maxLength: 3 }),
		});
		await expectCompleteOrTold(
			{ length: fc.nat({ max: 300 }), pageSize: fc.integer({ min: 4, max: 60 }), changes: change },
			1_500,
			FILTERED,
		);
	});
});
