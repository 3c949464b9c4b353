import type { Connection } from '../../nodes/ComplyCube/transport/connection';
import type { RequestContext } from '../../nodes/ComplyCube/transport/exchange';

/** Fractions that are spread evenly, and the same in every run. */
function evenFractions(): () => number {
	let count = 0;
	return () => (++count * 0.618_034) % 1;
}

beforeEach(() => {
	jest.useFakeTimers({ now: Date.parse('2026-01-01T00:00:00Z') });
	jest.spyOn(Math, 'random').mockImplementation(evenFractions());
});
afterEach(() => {
	jest.restoreAllMocks();
	jest.useRealTimers();
});

const isInWindow = {
	'a sliding second': (time: number, now: number) => time > now - 1_000,
	'each second of the clock': (time: number, now: number) =>
		Math.floor(time / 1_000) === Math.floor(now / 1_000),
};

type Window = keyof typeof isInWindow;

/** A service that takes as many requests in a window as its limit says. Some fail besides, half of them with 429. */
function startService(limit: number, window: Window, failingShare = 0) {
	const fraction = evenFractions();
	const counts = { sent: 0, overLimit: 0 };
	let taken: number[] = [];
	const answer = (): number => {
		const now = Date.now();
		counts.sent += 1;
		const chance = fraction();
		if (chance < failingShare / 2) return 429;
		taken = taken.filter((time) => isInWindow[window](time, now));
		if (taken.length >= limit) {
			counts.overLimit += 1;
			return 429;
		}
		taken.push(now);
		return chance < failingShare ? 503 : 200;
	};
	return { answer, counts };
}

const delay = async (ms: number) => await new Promise((resolve) => setTimeout(resolve, ms));

/** An n8n process. It shares the key with others, but nothing else: it has the modules, and what they remember, for itself. */
async function openIn(mode: 'test' | 'live', answer: () => number): Promise<Connection> {
	let connect!: (context: RequestContext) => Promise<unknown>;
	jest.isolateModules(() => {
		({ connect } = require('../../nodes/ComplyCube/transport/connection'));
	});
	const latency = evenFractions();
	const context = {
		getCredentials: async () => ({ apiKey: `${mode}_shared`, baseUrl: '', requestsPerSecond: 0 }),
		helpers: {
			httpRequestWithAuthentication: async () => {
				await delay(20 + 5 * latency());
				const statusCode = answer();
				await delay(10);
				return { statusCode, headers: {}, body: { fine: true } };
			},
		},
	};
	return (await connect(context as unknown as RequestContext)) as Connection;
}

/** Jobs that an n8n process works on at the same time. */
const CONCURRENCY = 20;

interface Load {
	processes: number;
	mode?: 'test' | 'live';
	window?: Window;
	failingShare?: number;
	requests?: number;
}

/**
 * Lets processes work off a queue of Gets.
 *
 * @returns what share of the key's limit they use, and what share of the requests goes over it
 */
async function workOff({
	processes,
	mode = 'live',
	window = 'a sliding second',
	failingShare,
	requests = 500,
}: Load) {
	const limit = mode === 'live' ? 10 : 5;
	const { answer, counts } = startService(limit, window, failingShare);
	const begin = Date.now();
	let [left, open, failed, end] = [requests, processes * CONCURRENCY, 0, begin];
	const work = async (connection: Connection) => {
		while (left > 0) {
			left -= 1;
			const reply = await connection.send({ method: 'GET', path: '/checks' });
			if (!('fine' in reply)) failed += 1;
			end = Date.now();
		}
		open -= 1;
	};
	for (let count = 0; count < processes; count++) {
		const connection = await openIn(mode, answer);
		for (let job = 0; job < CONCURRENCY; job++) void work(connection);
	}
	while (open > 0) await jest.advanceTimersByTimeAsync(1_000);
	return {
		failed,
		used: requests / limit / ((end - begin) / 1_000),
		refused: counts.overLimit / counts.sent,
	};
}

describe.each<[processes: number, window: Window, leastUsed: number, mostRefused: number]>([
	[1, 'a sliding second', 0.95, 0],
	[2, 'a sliding second', 0.9, 0.05],
	[2, 'each second of the clock', 0.94, 0.05],
	[4, 'a sliding second', 0.85, 0.08],
	[8, 'a sliding second', 0.75, 0.15],
	[8, 'each second of the clock', 0.8, 0.15],
])('%s processes with one key, limited in %s', (processes, window, leastUsed, mostRefused) => {
	it('settle near the limit by themselves', async () => {
		const { used, refused, failed } = await workOff({
			processes,
			window,
			requests: 250 * Math.max(2, processes),
		});
		expect(failed).toBe(0);
		expect(used).toBeGreaterThan(leastUsed);
		expect(refused).toBeLessThanOrEqual(mostRefused);
	});
});

it.each(['live', 'test'] as const)(
	"loses little by failures that are nobody's doing, with a %s key",
	async (mode) => {
		const requests = mode === 'live' ? 200 : 100;
		const { used, failed } = await workOff({ processes: 1, mode, failingShare: 0.1, requests });
		expect(failed).toBe(0);
		expect(used).toBeGreaterThan(0.8);
	},
);
