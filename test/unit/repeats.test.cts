import { randomUUID } from 'node:crypto';
import type { IDataObject, IExecuteFunctions, WorkflowExecuteMode } from 'n8n-workflow';
import { hasStartedBefore } from '../../nodes/ComplyCube/trigger/repeats';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

const SESSION_COMPLETED = 'workflow.session.completed';
const UPDATED_AT = '2026-01-01T14:06:49.756Z';

/** How many names n8n is asked to keep for a trigger. */
const KEPT = 2_000;

interface Run {
	mode?: WorkflowExecuteMode;
	executionId?: string;
	options?: unknown;
	events?: unknown;
}

/**
 * A published trigger in one process of n8n, and what n8n keeps of it in its database. It reads, waits, changes and writes
 * as n8n's own DeduplicationHelper does, without a lock.
 */
class Trigger {
	/** As n8n's database has it; undefined before the first event */
	kept: string[] | undefined;
	/** What each call of the store was given */
	readonly calls: string[][] = [];
	readonly warnings: Array<[string, { reason: string }]> = [];
	/** How many calls were under way at the same time, at most */
	mostAtOnce = 0;
	/** Called between reading and writing */
	between: () => Promise<void> = async () => {};

	private readonly id = randomUUID();
	private underWay = 0;
	private executions = 0;

	/** Starts an execution. @returns whether its event had started one before */
	async start(event: unknown, run: Run = {}): Promise<boolean> {
		const { mode = 'webhook', executionId = `${++this.executions}` } = run;
		const parameters: Record<string, unknown> = {
			events: run.events ?? [SESSION_COMPLETED],
			options: run.options ?? {},
		};
		const context = {
			getMode: () => mode,
			getExecutionId: () => executionId,
			getWorkflow: () => ({ id: this.id }),
			getNode: () => ({ id: 'node' }),
			getInputData: () => [{ json: event }],
			getNodeParameter: (path: string) => {
				const [name = '', option] = path.split('.');
				const value = parameters[name];
				if (value instanceof Error) throw value;
				return option === undefined ? value : (value as Record<string, unknown>)[option];
			},
			logger: {
				warn: (text: string, details: { reason: string }) => this.warnings.push([text, details]),
			},
			helpers: {
				checkProcessedAndRecord: async (names: string[], scope: string, options: object) => {
					expect([scope, options]).toEqual(['node', { mode: 'entries', maxEntries: KEPT }]);
					return await this.record(names);
				},
			},
		};
		return await hasStartedBefore(context as unknown as IExecuteFunctions);
	}

	private async record(names: string[]) {
		this.calls.push(names);
		this.mostAtOnce = Math.max(this.mostAtOnce, ++this.underWay);
		try {
			const before = this.kept && [...this.kept];
			await this.between();
			if (before === undefined) {
				if (this.kept) throw new Error('UNIQUE constraint failed: processed_data.workflowId');
				this.kept = names.slice(-KEPT);
				return { new: names, processed: [] };
			}
			const isNew = (name: string) => !before.includes(name);
			this.kept = [...before, ...names.filter(isNew)].slice(-KEPT);
			return { new: names.filter(isNew), processed: names.filter((name) => !isNew(name)) };
		} finally {
			this.underWay -= 1;
		}
	}
}

let count = 0;
const event = (changes: IDataObject = {}): IDataObject => ({
	id: `event${++count}`,
	type: SESSION_COMPLETED,
	payload: { id: 'session1', outcome: 'clear' },
	...changes,
});

describe('an event', () => {
	it('is new once, and a repeat from then on', async () => {
		const trigger = new Trigger();
		const [one, other] = [event(), event()];
		expect(await trigger.start(one)).toBe(false);
		expect(await trigger.start(one)).toBe(true);
		expect(await trigger.start(other)).toBe(false);
		expect([await trigger.start(one), await trigger.start(other)]).toEqual([true, true]);
		expect(trigger.warnings).toEqual([]);
	});

	it('is new to another trigger', async () => {
		const body = event();
		expect(await new Trigger().start(body)).toBe(false);
		expect(await new Trigger().start(body)).toBe(false);
	});

	it('that n8n runs again in the same execution, because a worker died, is no repeat', async () => {
		const trigger = new Trigger();
		const body = event();
		for (const _ of [1, 2, 3]) {
			expect(await trigger.start(body, { executionId: '7' })).toBe(false);
		}
		expect(await trigger.start(body, { executionId: '8' })).toBe(true);
	});

	it.each<WorkflowExecuteMode>(['manual', 'retry', 'trigger', 'cli', 'evaluation', 'integrated'])(
		'is neither looked up nor recorded in an execution that no delivery started: %s',
		async (mode) => {
			const trigger = new Trigger();
			const body = event();
			await trigger.start(body);
			expect(await trigger.start(body, { mode })).toBe(false);
			expect(trigger.calls).toHaveLength(1);
		},
	);

	it.each([{ ignoreRepeated: false }, { ignoreRepeated: ' FALSE ' }])(
		'is neither looked up nor recorded if the user wants every one: %j',
		async (options) => {
			const trigger = new Trigger();
			const body = event();
			for (const _ of [1, 2]) expect(await trigger.start(body, { options })).toBe(false);
			expect(trigger.calls).toEqual([]);
		},
	);

	it.each([undefined, null, { a: 1 }, '', 'x'.repeat(300)])(
		'cannot be recognised by an ID such as %j',
		async (id) => {
			const trigger = new Trigger();
			for (const _ of [1, 2]) expect(await trigger.start(event({ id }))).toBe(false);
			expect(trigger.calls).toEqual([]);
		},
	);

	it.each([{}, { type: 5 }, { payload: null }, { payload: 'x', type: 'check.completed' }])(
		'that is odd is new, and the log stays empty: %j',
		async (body) => {
			const trigger = new Trigger();
			expect(await trigger.start(body)).toBe(false);
			expect(trigger.warnings).toEqual([]);
		},
	);

	it('leaves nothing of itself in the store but its own ID', async () => {
		const trigger = new Trigger();
		await trigger.start(event({ id: 'e1' }), { executionId: '5' });
		expect(trigger.kept).toEqual(['event e1', 'execution 5']);
	});
});

describe('a change in two forms', () => {
	const CHANGE = { id: 'c1', updatedAt: UPDATED_AT };
	const events = ['check.completed', 'check.completed.clear', 'document.updated'];
	const UPLOADED = 'document.updated.image_uploaded';
	const DELETED = 'document.updated.image_deleted';

	/** Starts an execution for each type. @returns the types of the events that were new */
	async function newAmong(types: string[], payload: IDataObject = CHANGE, chosen = events) {
		const trigger = new Trigger();
		const found: string[] = [];
		for (const type of types) {
			const isRepeat = await trigger.start(event({ type, payload }), { events: chosen });
			if (!isRepeat) found.push(type);
		}
		return found;
	}

	it.each([
		['check.completed', 'check.completed.clear'],
		['check.completed.clear', 'check.completed'],
		['document.updated', UPLOADED],
		[UPLOADED, 'document.updated'],
	])('is run in the form that comes first: %s, %s', async (first, second) => {
		expect(await newAmong([first, second])).toEqual([first]);
	});

	it.each([
		[[UPLOADED, UPLOADED, DELETED]],
		[['check.completed', 'check.completed']],
		[['check.completed.clear', 'check.completed.attention']],
	])('is not what events of one form are: %j', async (types) => {
		expect(await newAmong(types)).toEqual(types);
	});

	it('is no reason to lose one that nobody can tell from another', async () => {
		const types = ['check.completed', 'check.completed.clear'];
		expect(await newAmong(types, { id: 'c1' })).toEqual(types);
		expect(await newAmong(types, CHANGE, ['*'])).toEqual(types);
	});

	it('that n8n has begun to forget loses no later event of the same form', async () => {
		const first = event({ type: 'check.completed', payload: CHANGE });
		const similar = event({ type: 'check.completed', payload: CHANGE });
		for (let forgotten = 0; forgotten <= 4; forgotten++) {
			const trigger = new Trigger();
			await trigger.start(first, { events });
			expect(trigger.kept).toHaveLength(4);
			// So many that the process itself has none of them in mind any more
			for (let i = 0; i < 50; i++) await trigger.start(event(), { events });
			trigger.kept!.splice(0, forgotten);
			expect(await trigger.start(similar, { events })).toBe(false);
		}
	});
});

describe('executions at the same time', () => {
	const slow = async () => await new Promise<void>((resolve) => setTimeout(resolve, 10));

	it('in one process record their events together, or one after the other, so that none is lost', async () => {
		const trigger = new Trigger();
		trigger.between = slow;
		const bodies = Array.from({ length: 30 }, () => event());
		const starting = Promise.all(bodies.map(async (body) => await trigger.start(body)));
		await jest.advanceTimersByTimeAsync(5);
		const late = Promise.all([event(), bodies[3]].map(async (body) => await trigger.start(body)));
		await jest.advanceTimersByTimeAsync(1_000);
		expect(await starting).toEqual(bodies.map(() => false));
		expect(await late).toEqual([false, true]);
		expect([trigger.mostAtOnce, trigger.calls.length]).toEqual([1, 2]);
		for (const { id } of bodies) expect(trigger.kept).toContain(`event ${id}`);
	});

	it('in two forms of one change run it once', async () => {
		const trigger = new Trigger();
		const payload = { id: 'c1', updatedAt: UPDATED_AT };
		const events = ['check.completed', 'check.completed.clear'];
		const starting = events.map(
			async (type) => await trigger.start(event({ type, payload }), { events }),
		);
		expect(await Promise.all(starting)).toEqual([false, true]);
		expect(trigger.calls).toHaveLength(1);
	});

	it('for one event run it once in one process', async () => {
		const trigger = new Trigger();
		trigger.between = slow;
		const body = event();
		const starting = Promise.all([1, 2, 3].map(async () => await trigger.start(body)));
		await jest.advanceTimersByTimeAsync(1_000);
		expect(await starting).toEqual([false, true, true]);
	});

	it('in two processes, of which one writes over what the other wrote: that is written again', async () => {
		const trigger = new Trigger();
		const bodies = Array.from({ length: 5 }, () => event());
		for (const body of bodies) await trigger.start(body);
		trigger.kept = ['event elsewhere'];
		await trigger.start(event());
		for (const { id } of bodies) expect(trigger.kept).toContain(`event ${id}`);
		expect(trigger.kept[0]).toBe('event elsewhere');
	});

	it('know what this process recorded even if another has written over it', async () => {
		const trigger = new Trigger();
		const body = event();
		await trigger.start(body);
		trigger.kept = [];
		expect(await trigger.start(body)).toBe(true);
	});

	it.each([
		['another event', 'event other', false],
		['the same event', 'event first', true],
	])("in two processes write a trigger's first names, one with %s", async (_, name, isRepeat) => {
		const trigger = new Trigger();
		trigger.between = async () => {
			trigger.kept ??= [name];
		};
		expect(await trigger.start(event({ id: 'first' }))).toBe(isRepeat);
		expect(trigger.kept).toContain('event first');
		expect(trigger.kept).toContain(name);
		expect(trigger.warnings).toEqual([]);
	});
});

describe('a store that', () => {
	const UNKNOWN =
		'ComplyCube Trigger: an event starts the workflow without a look at whether it did so before, because what n8n has recorded of events could not be read or written.';

	it('fails lets the event pass, and the log says so', async () => {
		const trigger = new Trigger();
		trigger.between = async () => await Promise.reject(new Error('database is locked'));
		const body = event();
		expect(await trigger.start(body)).toBe(false);
		expect(trigger.calls).toHaveLength(1);
		expect(trigger.warnings).toEqual([
			[UNKNOWN, { workflowId: expect.any(String), reason: 'database is locked' }],
		]);
		trigger.between = async () => {};
		expect(await trigger.start(event())).toBe(false);
		// Recorded with the next one
		expect(trigger.kept).toContain(`event ${String(body.id)}`);
		expect(await trigger.start(body)).toBe(true);
		expect(trigger.warnings).toHaveLength(1);
	});

	it('never answers lets each event pass after ten seconds, and is used again once it does', async () => {
		const trigger = new Trigger();
		const seconds: number[] = [];
		trigger.between = async () => await new Promise(() => {});
		const begin = Date.now();
		const startTimed = async () => {
			const isRepeat = await trigger.start(event());
			seconds.push((Date.now() - begin) / 1_000);
			return isRepeat;
		};
		const first = startTimed();
		await jest.advanceTimersByTimeAsync(1_000);
		const second = startTimed();
		await jest.advanceTimersByTimeAsync(20_000);
		expect(await Promise.all([first, second])).toEqual([false, false]);
		expect(seconds).toEqual([10, 11]);
		expect(trigger.warnings.map(([, { reason }]) => reason)).toEqual(
			Array(2).fill('no answer within 10 seconds'),
		);
		trigger.between = async () => {};
		expect(await trigger.start(event())).toBe(false);
		expect(trigger.warnings).toHaveLength(2);
	});

	it('cannot be asked, because an expression of the trigger fails, lets the event pass', async () => {
		const trigger = new Trigger();
		const body = event();
		expect(await trigger.start(body, { events: new Error('No expression') })).toBe(false);
		expect(trigger.warnings.map(([, { reason }]) => reason)).toEqual(['No expression']);
	});

	it('is asked if an option cannot be read, which is then as if left alone', async () => {
		const trigger = new Trigger();
		const body = event();
		const options = new Error('No expression');
		expect(await trigger.start(body, { options })).toBe(false);
		expect(await trigger.start(body, { options })).toBe(true);
		expect(trigger.warnings).toEqual([]);
	});

	it('answers leaves no timer behind', async () => {
		await new Trigger().start(event());
		await jest.advanceTimersByTimeAsync(250);
		expect(jest.getTimerCount()).toBe(0);
	});
});
