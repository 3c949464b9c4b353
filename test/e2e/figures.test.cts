import type { WorkflowNode } from '../../sandbox/n8nClient.cts';
import { jsonOf, Sandbox, sessionId } from './sandbox.cts';

/** Figures that the README names; each test prints its own. */
let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await Sandbox.start();
}, 900_000);
afterAll(async () => await sandbox?.stop());
beforeEach(() => sandbox.simulator.reset());

const print = (line: string) => process.stdout.write(`FIGURE ${line}\n`);
const complyCube = (parameters: object, name?: string) =>
	sandbox.complyCube({ workflowSessionId: sessionId('={{ $json.id }}'), ...parameters }, {}, name);
const ids = (count: number) =>
	sandbox.simulator.workflowSessions.seed({ count }).map(({ id }) => ({ id }));

it('60 Gets at the documented limit of a test key: none fails, at most 1.1 times 12 s', async () => {
	sandbox.simulator.settings.rateLimit = { live: 10, test: 5 };
	const data = { baseUrl: sandbox.simulator.url, requestsPerSecond: 0 };
	await sandbox.n8n.client.updateCredential(sandbox.credential, {
		...data,
		apiKey: sandbox.simulator.settings.keys[0],
	});
	const execution = await sandbox.run(ids(60), [complyCube({ operation: 'get' })]);
	const arrivals = sandbox.simulator.requests.map(({ arrivedAt }) => arrivedAt);
	const elapsed = (Math.max(...arrivals) - Math.min(...arrivals)) / 1_000;
	const refused = sandbox.simulator.requests.filter(({ status }) => status === 429).length;
	print(`60 Gets at 5 per second: ${elapsed.toFixed(2)} s, ${refused} times 429`);
	expect(jsonOf(execution.data.ComplyCube[0]).filter(({ id }) => id)).toHaveLength(60);
	expect(elapsed).toBeLessThan(13.2);
});

describe('without a limit', () => {
	beforeEach(async () => {
		await sandbox.n8n.client.updateCredential(sandbox.credential, {
			baseUrl: sandbox.simulator.url,
			requestsPerSecond: 1_000_000,
			apiKey: sandbox.simulator.settings.keys[0],
		});
	});

	it('100 Completes while every fifth answer is lost: each takes effect exactly once', async () => {
		sandbox.simulator.settings.processingMs = 600_000;
		sandbox.simulator.faults.add({ kind: 'dropAfter', method: 'POST', every: 5 });
		const execution = await sandbox.run(ids(100), [complyCube({ operation: 'complete' })]);
		const succeeded = jsonOf(execution.data.ComplyCube?.[0]);
		const effects = sandbox.simulator.workflowSessions.list().map((s) => s.effects.complete);
		const accepted = effects.reduce((sum, times) => sum + times, 0);
		const lost = sandbox.simulator.faults.list()[0].applied;
		print(
			`100 Completes, ${lost} answers lost: ${accepted} accepted, ${succeeded.length} successes`,
		);
		expect(lost).toBe(20);
		expect(effects).toEqual(Array(100).fill(1));
		expect(succeeded.every(({ status }) => status === 'processing')).toBe(true);
		expect(succeeded).toHaveLength(100);
	});

	it('1,000 Gets against the HTTP Request node, alternating', async () => {
		const { id, name } = sandbox.credential;
		const header = await sandbox.n8n.client.createCredential('Header', 'httpHeaderAuth', {
			name: 'Authorization',
			value: sandbox.simulator.settings.keys[0],
		});
		const http = (nodeName: string, own: boolean): WorkflowNode => ({
			name: nodeName,
			type: 'n8n-nodes-base.httpRequest',
			typeVersion: 4.2,
			position: [0, 0],
			parameters: {
				url: `=${sandbox.simulator.url}/workflowSessions/{{ $json.id }}`,
				...(own
					? { authentication: 'predefinedCredentialType', nodeCredentialType: 'complyCubeApi' }
					: { authentication: 'genericCredentialType', genericAuthType: 'httpHeaderAuth' }),
			},
			credentials: own
				? { complyCubeApi: { id, name } }
				: { httpHeaderAuth: { id: header.id, name: 'Header' } },
		});
		const rounds = [0, 1, 2, 3, 4, 5];
		const nodes = rounds.flatMap((round) => [
			http(`Header ${round}`, false),
			complyCube({ operation: 'get' }, `ComplyCube ${round}`),
			http(`Own ${round}`, true),
		]);
		const execution = await sandbox.run(ids(1_000), nodes, 600_000);
		expect([execution.status, execution.error]).toEqual(['success', undefined]);
		const median = (prefix: string) => {
			// The first round warms everything up
			const times = rounds.slice(1).map((round) => execution.times[`${prefix} ${round}`]);
			return times.sort((a, b) => a - b)[Math.floor(times.length / 2)];
		};
		const [ours, withHeader, withOwn] = ['ComplyCube', 'Header', 'Own'].map(median);
		print(
			`1,000 Gets, medians of 5: ComplyCube ${ours} ms; HTTP Request with Header Auth ${withHeader} ms, ` +
				`ratio ${(ours / withHeader).toFixed(2)}; with the ComplyCube credential ${withOwn} ms, ` +
				`ratio ${(ours / withOwn).toFixed(2)}`,
		);
		expect(execution.data['ComplyCube 5'][0]).toHaveLength(1_000);
		expect(ours / withHeader).toBeLessThan(2);
	}, 900_000);
});
