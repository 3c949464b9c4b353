import { randomBytes } from 'node:crypto';

import { Sandbox } from '../sandbox/rig/sandbox.cts';
import { fingerprint } from '../simulator/auth.cts';
import { startSimulator, type Simulator } from '../simulator/server.cts';
import {
	complyCubeGet,
	createHeaderAuth,
	buildHttpRequestGet,
	runThrough,
	startOfficialLoop,
	type GetResult,
} from './contenders.cts';
import type { Findings, Scale } from './part.cts';
import { median, takeTurns } from './statistics.cts';

/** Requests per second as documented by ComplyCube (API page "Rate Limits"). */
const LIMITS = { live: 10, test: 5 };

type Mode = keyof typeof LIMITS;

/** The share of requests that fail at random, one half with 429 and the other with 503. */
const FAILING_SHARE = 0.1;

type Get = (sandbox: Sandbox, apiKey: string, mode: Mode, ids: string[]) => Promise<GetResult>;

/** The same error setting for all contenders, so that failed items can be counted. */
const countable = { onError: 'continueRegularOutput' };

/** Batches of as many items as the limit allows per second: what n8n itself offers to stay within limits. */
const batches = (mode: Mode) => ({
	batching: { batch: { batchSize: LIMITS[mode], batchInterval: 1_000 } },
});

const httpRequest =
	(optionsOf: (mode: Mode) => object): Get =>
	async (sandbox, apiKey, mode, ids) => {
		const credential = await createHeaderAuth(sandbox, apiKey);
		const node = await buildHttpRequestGet(sandbox, credential, optionsOf(mode));
		return await runThrough(sandbox, { ...node, ...countable }, ids);
	};

const OURS = 'ComplyCube';

const CONTENDERS: Record<string, Get> = {
	[OURS]: async (sandbox, apiKey, _mode, ids) => {
		const credential = await sandbox.n8n.client.createCredential('ComplyCube', 'complyCubeApi', {
			apiKey,
			baseUrl: sandbox.simulator.url,
			requestsPerSecond: 0,
		});
		return await runThrough(sandbox, { ...complyCubeGet(sandbox, credential), ...countable }, ids);
	},

	'HTTP Request': httpRequest(() => ({})),

	'HTTP Request, Batching at the limit': httpRequest(batches),

	'Official client': async ({ simulator }, apiKey, _mode, ids) => {
		const loop = await startOfficialLoop(simulator.url, apiKey);
		return await loop.get(ids).finally(async () => await loop.stop());
	},
};

const NAMES = Object.keys(CONTENDERS);

interface Run extends GetResult {
	/** How many requests exceeded the limit and got 429. */
	refused: number;
}

/** Measures one contender with a new live key and a new test key, which have separate limits. */
async function measureRun(
	sandbox: Sandbox,
	get: Get,
	counts: Scale['atLimit'],
	withFailures: boolean,
): Promise<Record<Mode, Run>> {
	const { simulator } = sandbox;
	simulator.requests.length = 0;
	simulator.faults.clear();
	if (withFailures) {
		const half = FAILING_SHARE / 2;
		simulator.faults.add({ kind: 'reply', status: 429, probability: half });
		simulator.faults.add({ kind: 'reply', status: 503, probability: half / (1 - half) });
	}
	const run = async (mode: Mode): Promise<Run> => {
		const apiKey = `${mode}_${randomBytes(16).toString('hex')}`;
		simulator.settings.keys.push(apiKey);
		const ids = sessionsOf(simulator, mode).slice(0, counts[mode]);
		const result = await get(sandbox, apiKey, mode, ids);
		const refused = simulator.requests.filter(
			({ headers, status, fault }) =>
				headers.authorization === fingerprint(apiKey) && status === 429 && !fault,
		).length;
		return { ...result, refused };
	};
	const live = run('live');
	// n8n prepares all items of a run at once, which would hold up the other run
	if (!withFailures) await live;
	const test = run('test');
	return { live: await live, test: await test };
}

const sessionsOf = ({ workflowSessions }: Simulator, mode: Mode) =>
	workflowSessions
		.list()
		.filter((session) => session.mode === mode)
		.map(({ id }) => id);

/** Measures Gets at the documented limits, without and with random failures: how many items fail, and how long it takes. */
export async function measureLimits({ rounds, atLimit, judgesTimes }: Scale): Promise<Findings> {
	const simulator = await startSimulator({ rateLimit: LIMITS });
	for (const mode of ['live', 'test'] as const) {
		simulator.workflowSessions.seed({ mode, count: atLimit[mode] });
	}
	const sandbox = await Sandbox.start({ N8N_LOG_LEVEL: 'info' }, simulator);
	const findings: Findings = { tables: [], targets: [], problems: [] };
	try {
		for (const withFailures of [false, true]) {
			const results = new Map(NAMES.map((name) => [name, [] as Array<Record<Mode, Run>>]));
			await takeTurns(rounds, NAMES, async (name) => {
				results.get(name)!.push(await measureRun(sandbox, CONTENDERS[name], atLimit, withFailures));
			});
			for (const mode of ['live', 'test'] as const) {
				const ideal = atLimit[mode] / LIMITS[mode];
				const what = `${atLimit[mode]} Gets at the limit of a ${mode} key, ${LIMITS[mode]} per second`;
				const title = withFailures
					? `${what}, with 10 % of all requests failing at random with 429 or 503`
					: what;
				const figure = (name: string, field: keyof Run) =>
					median(results.get(name)!.map((result) => result[mode][field]));
				findings.tables.push({
					title,
					rows: [
						['', 'Failed items', 'Time', 'Share of the ideal rate', '429s from the limit'],
						...NAMES.map((name) => {
							const [failed, ms] = [figure(name, 'failed'), figure(name, 'ms')];
							return [
								name,
								String(failed),
								`${(ms / 1_000).toFixed(1)} s`,
								failed ? '–' : `${Math.round((100_000 * ideal) / ms)} %`,
								String(figure(name, 'refused')),
							];
						}),
					],
					notes: [
						`Ideal: ${ideal} s. The contenders take turns, ${withFailures ? 'with a live and a test key at the same time' : 'with one key at a time'}.`,
					],
				});
				const lost = Math.max(...results.get(OURS)!.map((result) => result[mode].failed));
				if (lost) findings.problems.push(`${title}: ComplyCube lost ${lost} items`);
				const share = (1_000 * ideal) / figure(OURS, 'ms');
				if (judgesTimes && !withFailures) {
					findings.targets.push({
						text: `no failed item at 95 % or more of the ideal rate of a ${mode} key`,
						figure: `${lost} failed, ${(100 * share).toFixed(1)} %`,
						met: lost === 0 && share >= 0.95,
					});
				}
			}
		}
		return findings;
	} finally {
		await sandbox.stop();
		await simulator.close();
	}
}
