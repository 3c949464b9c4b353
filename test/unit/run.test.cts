import type { IDataObject, IExecuteData } from 'n8n-workflow';
import { Run, runOf, type Attempt, type Others } from '../../nodes/ComplyCube/pipeline/run';
import { Failure } from '../../nodes/ComplyCube/transport/failure';
import { fakeConnection } from './fakeConnection.cts';

const REFUSED = new Failure('Refused');
const IN_DOUBT = new Failure('No answer', {}, true);
const OUTPUT = [{ json: { id: 'a' } }];

const SIZE = 6;
let run: Run;
let sent: unknown[];
beforeEach(() => {
	// Each item is ready at once
	run = new Run(SIZE, 1);
	sent = [];
});

const send = async (attempt: Attempt, item: number, reply: IDataObject | Failure) => {
	const connection = fakeConnection(() => {
		sent.push(item);
		return reply;
	});
	return await attempt.send(connection, { method: 'POST', path: '/' });
};

/** Sends an item and ends it with what it got. */
async function go(item: number, reply: IDataObject | Failure, stops = true) {
	const attempt = run.begin(item, stops);
	const got = attempt.earlierOutput ?? (await send(attempt, item, reply));
	if (!(got instanceof Failure)) attempt.noteCarriedOut();
	await attempt.end(got instanceof Failure ? got : OUTPUT, stops);
	return { attempt, got };
}

/** What is told of the others, always as it is now. */
const stopAt = (item: number) => {
	const told: Others[] = [];
	run.stopAt(item, (others) => told.push(others));
	return () => told.at(-1);
};

describe('when a failure stops the run', () => {
	it('sends one item after the other, in order', async () => {
		let answer = (_: IDataObject) => {};
		const first = run.begin(0, true);
		const second = go(1, {});
		const slow = new Promise<IDataObject>((resolve) => (answer = resolve));
		const sending = first.send(
			{ ...fakeConnection([]), send: async () => await slow },
			{
				method: 'POST',
				path: '/',
			},
		);
		await new Promise(setImmediate);
		expect(sent).toEqual([]);
		answer({});
		await sending;
		await new Promise(setImmediate);
		expect(sent).toEqual([]);
		first.noteCarriedOut();
		await second;
		expect(sent).toEqual([1]);
	});

	it('sends nothing more', async () => {
		const results = await Promise.all([go(0, {}), go(1, REFUSED), go(2, {}), go(3, {})]);
		expect(sent).toEqual([0, 1]);
		expect(results.map(({ attempt }) => attempt.effect)).toEqual([
			'done',
			'refused',
			'unsent',
			'unsent',
		]);
		expect(results[2]?.got).toMatchObject({
			message: 'This item was not sent, because another one had failed before',
			doubtful: false,
		});
	});

	it('an item that could not be prepared stops those behind it only', async () => {
		const attempts = [0, 1, 2].map((item) => run.begin(item, true));
		const unprepared = attempts[1]!.end(REFUSED, true);
		await Promise.all([
			send(attempts[0]!, 0, {}).then(async () => await attempts[0]!.end(OUTPUT, true)),
			unprepared,
			send(attempts[2]!, 2, {}),
		]);
		expect(sent).toEqual([0]);
	});

	it('a failure after ComplyCube carried it out does not undo that, and stops the run', async () => {
		const attempt = run.begin(0, true);
		await send(attempt, 0, {});
		attempt.noteCarriedOut();
		await attempt.end(REFUSED, true);
		expect(attempt.effect).toBe('done');
		await go(1, {});
		expect(sent).toEqual([0]);
	});
});

it('sends everything, and all at once, when the node continues', async () => {
	const waiting = run.begin(0, false);
	await Promise.all([go(1, REFUSED, false), go(2, {}, false)]);
	await send(waiting, 0, {});
	expect(sent).toEqual([1, 2, 0]);
});

describe('what is told of the others', () => {
	it('is always as it is now', async () => {
		const first = run.begin(0, true);
		await send(first, 0, {});
		first.noteCarriedOut();
		const second = run.begin(1, true);
		await go(2, IN_DOUBT, false);
		const underWay = run.begin(3, false);
		await send(underWay, 3, {});
		await second.end(REFUSED, true);
		const told = stopAt(1);
		expect(told()).toEqual({ done: [0], unknown: [2, 3], refused: [], unsent: 2 });
		underWay.noteCarriedOut();
		expect(told()).toEqual({ done: [0, 3], unknown: [2], refused: [], unsent: 2 });
	});

	it('is told to the first item in order, which is the one that n8n shows', async () => {
		const first = run.begin(0, true);
		await send(first, 0, {});
		first.noteCarriedOut();
		await go(1, REFUSED);
		const second = stopAt(1);
		await first.end(REFUSED, true);
		const told = stopAt(0);
		expect(second()).toEqual({ done: [0], unknown: [], refused: [], unsent: 4 });
		expect(told()).toEqual({ done: [], unknown: [], refused: [1], unsent: 4 });
	});
});

it('knows when n8n has begun all items', async () => {
	const { allBegun } = run.begin(0, true);
	const begun: number[] = [];
	void allBegun.then(() => begun.push(SIZE));
	for (let item = 1; item < SIZE; item++) {
		await new Promise(setImmediate);
		expect(begun).toEqual([]);
		run.begin(item, true);
	}
	await new Promise(setImmediate);
	expect(begun).toEqual([SIZE]);
});

describe('another try', () => {
	it('answers an item that was carried out from what came back, and sends it no more', async () => {
		await Promise.all([go(0, {}), go(1, REFUSED), go(2, {})]);
		const again = await Promise.all([go(0, {}), go(1, {}), go(2, {})]);
		expect(sent).toEqual([0, 1, 1, 2]);
		expect(again.map(({ got }) => got)).toEqual([OUTPUT, {}, {}]);
	});

	it('never sends an item again that ended in doubt', async () => {
		await go(0, IN_DOUBT);
		const { attempt, got } = await go(0, {});
		expect(sent).toEqual([0]);
		expect(got).toBe(IN_DOUBT);
		expect(attempt.isHeldBack).toBe(true);
	});

	it('nor one about which something unforeseen came up while it was sent', async () => {
		const attempt = run.begin(0, true);
		const broken = { ...fakeConnection([]), send: async () => await Promise.reject(new Error()) };
		await attempt.send(broken, { method: 'POST', path: '/' }).catch(() => undefined);
		await attempt.end(IN_DOUBT, true);
		await go(0, {});
		expect(sent).toEqual([]);
	});

	it('nor after a try in which it did not get that far', async () => {
		await go(0, IN_DOUBT);
		await run.begin(0, true).end(REFUSED, true);
		expect((await go(0, {})).got).toBe(IN_DOUBT);
		expect(sent).toEqual([0]);
	});

	it('sends an item again when a look showed that it was not carried out', async () => {
		const attempt = run.begin(0, true);
		await send(attempt, 0, IN_DOUBT);
		await attempt.end(REFUSED, true);
		await go(0, {});
		expect(sent).toEqual([0, 0]);
	});

	it('goes on from the reply of an item that was carried out and then failed', async () => {
		const attempt = run.begin(0, true);
		await send(attempt, 0, { status: 'processing' });
		attempt.noteCarriedOut();
		await attempt.end(REFUSED, true);
		const { attempt: second, got } = await go(0, {});
		expect(got).toEqual({ status: 'processing' });
		expect(second.isHeldBack).toBe(false);
		expect(sent).toEqual([0]);
	});

	it('keeps no reading', async () => {
		const attempt = run.begin(0, false);
		await attempt.end(OUTPUT, true);
		expect(run.begin(0, false).earlierOutput).toBe(undefined);
	});

	it('sends nothing of a try that n8n has given up, and nothing twice', async () => {
		const left = run.begin(0, true);
		const again = go(0, {});
		expect(await send(left, 0, {})).toBeInstanceOf(Failure);
		await left.end(REFUSED, true);
		await again;
		expect(sent).toEqual([0]);
	});

	it('has a failure of its own', async () => {
		await go(0, REFUSED);
		const before = stopAt(0);
		await Promise.all([go(0, {}), go(1, {}), go(2, REFUSED)]);
		const told = stopAt(2);
		expect(told()).toEqual({ done: [0, 1], unknown: [], refused: [], unsent: 3 });
		expect(before()).toEqual({ done: [], unknown: [], refused: [], unsent: 5 });
	});
});

describe('the run of an item', () => {
	const node = (executeData: IExecuteData, name = 'ComplyCube') =>
		({
			getExecuteData: () => executeData,
			getNode: () => ({ name }),
			getNodeParameter: () => ({}),
		}) as never;
	const data = { node: { name: 'ComplyCube' }, data: {} } as IExecuteData;

	it('is one for all items, and another for the next run', () => {
		expect(runOf(node(data))).toBe(runOf(node(data)));
		expect(runOf(node({ ...data }))).not.toBe(runOf(node(data)));
	});

	it('is of its own for each call of a tool, which gets the data of its agent', () => {
		expect(runOf(node(data, 'Tool'))).not.toBe(runOf(node(data, 'Tool')));
	});
});
