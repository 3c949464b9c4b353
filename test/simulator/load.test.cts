import { Agent, request } from 'node:http';
import { startSimulator } from '../../simulator/server.cts';
import type { Simulator } from '../../simulator/server.cts';

const REQUESTS = 2000;
const AT_ONCE = 50;

let simulator: Simulator;
const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });

beforeAll(async () => {
	simulator = await startSimulator({ rateLimit: null, processingMs: 0 });
});
afterAll(async () => {
	agent.destroy();
	await simulator.close();
});

test(`answers ${REQUESTS} requests, ${AT_ONCE} at a time, without losing an effect`, async () => {
	const sessions = simulator.workflowSessions.seed({ count: 100 });
	const headers = { authorization: simulator.settings.keys[0] };
	const complete = (id: string) =>
		new Promise<number | undefined>((resolve, reject) => {
			request(
				`${simulator.url}/workflowSessions/${id}/complete`,
				{ method: 'POST', agent, headers },
				(response) => response.resume().on('end', () => resolve(response.statusCode)),
			)
				.on('error', reject)
				.end();
		});

	const replies = await Promise.all(
		Array.from({ length: REQUESTS }, (_, index) => complete(sessions[index % 100].id)),
	);

	expect(new Set(replies)).toEqual(new Set([200]));
	expect(simulator.requests).toHaveLength(REQUESTS);
	expect(simulator.workflowSessions.list().map(({ effects }) => effects.complete)).toEqual(
		Array(100).fill(REQUESTS / 100),
	);
});
