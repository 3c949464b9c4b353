import type {
	IDataObject,
	IExecuteData,
	IExecutePaginationFunctions,
	INodeExecutionData,
} from 'n8n-workflow';
import type { ApiRequest, Connection } from '../transport/connection';
import { Failure } from '../transport/failure';
import { NO_QUEUE, Queue, type Place } from './queue';
import { Try } from './try';

/**
 * How far an item that changes something has come: it was not sent; it was sent, and certainly had no effect; nobody can tell;
 * or ComplyCube carried it out.
 */
export type Effect = 'unsent' | 'refused' | 'unknown' | 'done';

/** What became of the other items of a run. */
export interface Others {
	/** The indexes of those that were carried out, in order */
	done: number[];
	/** The indexes of those that may have been, in order */
	unknown: number[];
	/** The indexes of those that were sent and certainly not carried out, in order */
	refused: number[];
	/** How many were not sent */
	unsent: number;
}

/** The output items of an input item, or why there are none. */
export type ItemResult = INodeExecutionData[] | Failure;

/** What is known of an item, over all tries of n8n's Retry On Fail. */
interface Entry {
	effect: Effect;
	/** What ComplyCube replied to each of its requests, or the doubt that it ended in: with either it is not sent again */
	replies: Array<IDataObject | Failure>;
	/** What came out, if it was carried out */
	output?: INodeExecutionData[];
}

const NOT_SENT = new Failure('This item was not sent, because another one had failed before', {
	description: 'Nothing of it was done at ComplyCube. It is safe to run this item again.',
});

/** One attempt at an item. */
export class Attempt {
	private wasSent = false;

	private wasHeldBack = false;

	private wasCutShort = false;

	/** How many requests of the item that change something were asked for, sent or not */
	private steps = 0;

	/**
	 * @param entry what is known of the item
	 * @param ofTry the try that it belongs to
	 * @param place its place among the others of that try
	 * @param queueOf finds the queue of the items that are about the same thing
	 * @param changed called when the item's effect has changed
	 */
	constructor(
		private readonly entry: Entry,
		private readonly ofTry: Try,
		private readonly place: Place,
		private readonly queueOf: (key: string) => Queue,
		private readonly changed: () => void,
	) {}

	/** How far the item has come. */
	get effect(): Effect {
		return this.entry.effect;
	}

	/** What came out of an earlier attempt that succeeded. */
	get earlierOutput(): INodeExecutionData[] | undefined {
		return this.entry.output;
	}

	/** Whether it was not sent because an earlier attempt had ended in doubt. */
	get isHeldBack(): boolean {
		return this.wasHeldBack;
	}

	/** Resolves when n8n has begun all items of this try. */
	get allBegun(): Promise<void> {
		return this.ofTry.allBegun;
	}

	/**
	 * Sends the request that changes something when it is the item's turn; unless it may have been carried out in an earlier
	 * attempt, or the run has stopped. An item may send several, one after the other; each is a step of its own.
	 *
	 * @param connection where to
	 * @param request what to send
	 * @returns the reply, or why there is none; after an earlier attempt, what that one got
	 */
	async send(connection: Connection, request: ApiRequest): Promise<IDataObject | Failure> {
		await this.place.turn;
		const { replies } = this.entry;
		const step = this.steps++;
		const earlier = replies[step];
		if (earlier) {
			this.wasHeldBack = this.effect === 'unknown';
			return earlier;
		}
		if (this.isStopped) return NOT_SENT;
		this.wasHeldBack = false;
		this.wasSent = true;
		this.note('unknown');
		const reply = await connection.send(request);
		if (!(reply instanceof Failure) || reply.doubtful) replies[step] = reply;
		return reply;
	}

	/**
	 * Carries out an item that reads something before it changes it. Others of the run that are about the same thing wait until it
	 * is through, also where the items do not go one after the other, so that none of them works on what is out of date.
	 *
	 * @param key what it is about
	 * @param act reads and sends; not called if the item may have been carried out in an earlier attempt, or the run has stopped
	 * @returns what `act` returns; after an earlier attempt, what that one got
	 */
	async alone(
		key: string,
		act: () => Promise<IDataObject | Failure>,
	): Promise<IDataObject | Failure> {
		// Before the other queue, or one who is further behind would be waited for
		await this.place.turn;
		const { turn, leave } = this.queueOf(key).join();
		await turn;
		try {
			const earlier = this.entry.replies.at(-1);
			if (earlier) {
				this.wasHeldBack = this.effect === 'unknown';
				return earlier;
			}
			return this.isStopped ? NOT_SENT : await act();
		} finally {
			leave();
		}
	}

	/** Notes that ComplyCube carried it out, whatever goes wrong from here on. The next item need not wait for more. */
	noteCarriedOut(): void {
		this.note('done');
		this.place.leave();
	}

	/**
	 * Waits for more of an item that was carried out. Once the run has stopped nobody needs it any more, because n8n discards what
	 * came of all items; the next try waits again.
	 *
	 * @param connection where to
	 * @param wait waits with a connection that gives up when the run stops
	 * @param known what the item has without it
	 * @returns what the wait returns; if the run has stopped, what is known
	 */
	async waitUnlessStopped(
		connection: Connection,
		wait: (connection: Connection) => Promise<IDataObject | Failure>,
		known: IDataObject,
	): Promise<IDataObject | Failure> {
		const reached = await wait({
			...connection,
			pause: async (ms) => await connection.pause(ms, () => this.isStopped),
		});
		this.wasCutShort = this.isStopped;
		return this.wasCutShort ? known : reached;
	}

	/**
	 * Ends it, once the items before it are through: an item that cannot be sent stops only those behind it.
	 *
	 * @param result what came of it
	 * @param stops whether a failure stops the run
	 */
	async end(result: ItemResult, stops: boolean): Promise<void> {
		await this.place.turn;
		if (result instanceof Failure) {
			this.noteFailure(result);
			this.ofTry.hasStopped ||= stops;
		} else if (this.effect === 'done' && !this.wasCutShort) {
			this.entry.output = result;
		}
		this.place.leave();
	}

	/** Whether n8n has given up on the item. One that does not queue is sent at once, before that can be known. */
	private get isStopped(): boolean {
		return this.ofTry.hasStopped || (this.place !== NO_QUEUE && this.ofTry.isBrokenOff);
	}

	private noteFailure(failure: Failure): void {
		if (!this.wasSent || this.effect === 'done') return;
		const { replies } = this.entry;
		const last = this.steps - 1;
		if (failure.doubtful) {
			replies[last] ??= failure;
			return;
		}
		// What came before this step stays done
		replies.length = Math.min(replies.length, last);
		this.note(last > 0 ? 'unknown' : 'refused');
	}

	private note(effect: Effect): void {
		this.entry.effect = effect;
		this.changed();
	}
}

/** What became of the items of one run of the node, over all tries of n8n's Retry On Fail. */
export class Run {
	private readonly entries = new Map<number, Entry>();

	private readonly queue = new Queue();

	/** Of items that read before they change something, by what they are about */
	private readonly queues = new Map<string, Queue>();

	private ofTry: Try;

	/** The failure that n8n shows: it stops with that of the first item in order, once all have ended. */
	private stop?: { item: number; tell: (others: Others) => void };

	/**
	 * @param size how many items n8n runs
	 * @param batchSize how many of them it begins in one go
	 */
	constructor(
		private readonly size: number,
		private readonly batchSize = Infinity,
	) {
		this.ofTry = new Try(size, batchSize);
	}

	/**
	 * Begins an item. n8n begins the items of a try in order, so one that does not come after the last begins another try.
	 *
	 * @param item its index
	 * @param isQueued whether it may be sent only after those that have begun before, and only once its batch has begun
	 */
	begin(item: number, isQueued: boolean): Attempt {
		if (item <= this.ofTry.lastItem) {
			this.ofTry.giveUp();
			this.ofTry = new Try(this.size, this.batchSize);
			this.stop = undefined;
		}
		const ready = this.ofTry.begin(item);
		const entry: Entry = this.entries.get(item) ?? { effect: 'unsent', replies: [] };
		this.entries.set(item, entry);
		const place = isQueued ? this.queue.join(ready) : NO_QUEUE;
		return new Attempt(
			entry,
			this.ofTry,
			place,
			(key) => this.queueOf(key),
			() => this.tellStop(),
		);
	}

	private queueOf(key: string): Queue {
		const queue = this.queues.get(key) ?? new Queue();
		this.queues.set(key, queue);
		return queue;
	}

	/**
	 * Stops at a failed item. n8n waits until all items it started have ended, so what became of the others is told now and
	 * whenever it changes.
	 *
	 * @param item the failed item's index
	 * @param tell what to do with it
	 */
	stopAt(item: number, tell: (others: Others) => void): void {
		if (this.stop && this.stop.item < item) return;
		this.stop = { item, tell };
		this.tellStop();
	}

	private tellStop(): void {
		if (this.stop) this.stop.tell(this.othersThan(this.stop.item));
	}

	private othersThan(own: number): Others {
		const others = [...this.entries].filter(([item]) => item !== own).sort(([a], [b]) => a - b);
		const having = (effect: Effect) =>
			others.filter(([, entry]) => entry.effect === effect).map(([item]) => item);
		const begun = others.length - having('unsent').length;
		return {
			done: having('done'),
			unknown: having('unknown'),
			refused: having('refused'),
			unsent: this.size - 1 - begun,
		};
	}
}

const runs = new WeakMap<IExecuteData, Run>();

type Node = Pick<IExecutePaginationFunctions, 'getExecuteData' | 'getNode' | 'getNodeParameter'>;

/** How many items n8n runs. */
function sizeOf(node: Node): number {
	const { main, ai_tool: tool } = node.getExecuteData().data;
	return node.getNode().executeOnce ? 1 : ((main ?? tool)?.[0]?.length ?? 1);
}

/** Up to this pause between n8n's batches, in ms, they only keep n8n responsive. A longer one is meant to spread the items. */
const SHORT_PAUSE = 100;

/**
 * How many items have to be ready before any of them is sent: with the batches of a new node all of them, so that nothing has been
 * sent yet if n8n fails at one. With longer pauses only those of one batch, or the pauses would spread nothing.
 */
function batchSizeOf(node: Node): number {
	const { batching } = node.getNodeParameter('requestOptions', {}) as {
		batching?: { batch?: { batchSize?: number; batchInterval?: number } };
	};
	const { batchSize = 0, batchInterval = 0 } = batching?.batch ?? {};
	if (!(batchInterval > SHORT_PAUSE)) return Infinity;
	return batchSize > 0 ? batchSize : 1;
}

/**
 * Finds the run that an item belongs to. Nothing of it is kept when n8n has dropped the run's data.
 *
 * @param node the node's `this`, for any item: n8n gives all items of a run, and its retries, the same data. Only the tools of an
 * AI agent get the agent's own data, all of them the same for all calls, so each call is a run of its own
 */
export function runOf(node: Node): Run {
	const data = node.getExecuteData();
	if (data.node.name !== node.getNode().name) return new Run(1);
	const run = runs.get(data) ?? new Run(sizeOf(node), batchSizeOf(node));
	runs.set(data, run);
	return run;
}
