/** A real n8n and a service that answers, or delivers, what no honest one would. */
import { once } from 'node:events';
import {
	createServer,
	request,
	type IncomingMessage,
	type Server,
	type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { waitFor } from '../../sandbox/process/waitFor.cts';
import { LIVE_KEY, TEST_KEY } from '../../sandbox/rig/keys.cts';
import { Sandbox } from '../../sandbox/rig/sandbox.cts';
import { byId, chained, jsonOf } from '../../sandbox/rig/workflows.cts';
import { sign, SIGNATURE_HEADER } from '../../simulator/signature.cts';
import { printFigure } from '../printFigure.cts';
import { itOnce } from './byGeneration.cts';

const COMPLETED = 'workflow.session.completed';

/** More than the node reads of an answer, in bytes. */
const END = 300 * 2 ** 20;

let sandbox: Sandbox;
/** Answers in place of the simulator where a test sets `list`. */
let server: Server;
/** Gives the answer to the nth request. */
let list: (number: number) => object;
let requests = 0;
let poured = 0;

/** Pours an answer that has no end, as far as anybody reads it. */
function pour(response: ServerResponse): void {
	const chunk = Buffer.alloc(2 ** 20, ' ');
	const more = () => {
		while (!response.destroyed && poured < END) {
			poured += chunk.length;
			if (!response.write(chunk)) return;
		}
		response.end();
	};
	response.writeHead(200, { 'content-type': 'application/json' }).on('drain', more);
	more();
}

beforeAll(async () => {
	server = createServer(({ url }, response) => {
		requests += 1;
		response.on('error', () => undefined);
		if (url?.includes('/accountInfo')) pour(response);
		else response.end(JSON.stringify(list(requests)));
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	sandbox = await Sandbox.start({ N8N_METRICS: 'true' });
}, 900_000);
afterAll(async () => {
	await sandbox?.stop();
	server?.closeAllConnections();
	server?.close();
});

const webhooks = () => sandbox.simulator.webhooks.list();
const posts = (path: string) =>
	sandbox.simulator.requests.filter((each) => each.method === 'POST' && each.path === `/v1${path}`);

async function useCredential(apiKey: string, baseUrl = sandbox.simulator.url): Promise<void> {
	const data = { apiKey, baseUrl, requestsPerSecond: 1_000_000 };
	await sandbox.n8n.client.updateCredential(sandbox.credential, data);
}

const useServer = async () =>
	await useCredential(TEST_KEY, `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`);

beforeEach(async () => {
	sandbox.simulator.reset();
	sandbox.simulator.settings.deliveryRetryDelaysMs = [];
	requests = poured = 0;
	await useCredential(TEST_KEY);
});
afterEach(async () => await sandbox.unpublishAll());

async function publish(parameters = {}): Promise<string> {
	const workflow = chained([sandbox.trigger(parameters)], 'Hostile');
	const { id } = await sandbox.n8n.client.createWorkflow(workflow);
	await sandbox.n8n.client.activate(id);
	return id;
}

/** When ComplyCube asked the live key to wait for a day. */
let heldSince: number;

/** Reads a session with the live key. */
async function getLive() {
	await useCredential(LIVE_KEY);
	const [{ id }] = sandbox.simulator.workflowSessions.seed({ mode: 'live' });
	return await sandbox.call({ operation: 'get', workflowSessionId: byId(id) });
}

it('a Retry-After of a day is told', async () => {
	const headers = { 'retry-after': '86400' };
	sandbox.simulator.faults.add({ kind: 'reply', status: 429, headers, times: 1 });
	heldSince = Date.now();
	const { error } = await getLive();
	expect(error?.description).toContain('asked for a wait of 24 hours');
	expect((await getLive()).status).toBe('error');
});

it('an answer without an end is left', async () => {
	await useServer();
	const { error } = await sandbox.call({ resource: 'account', operation: 'get' });
	expect(error?.message).toContain('larger than 64 MB and was not read to its end');
	expect([requests, poured < END]).toEqual([1, true]);
});

describe('a list of which every page brings new objects', () => {
	const all = { resource: 'client', operation: 'getAll', returnAll: true };
	const page = (number: number) => ({ items: [{ id: `client${number}` }] });

	it.each([1e9, 'many', null])('ends with a short page if `pages` is %p', async (pages) => {
		await useServer();
		list = (number) => ({ ...page(number), pages });
		const { data } = await sandbox.call(all);
		expect(jsonOf(data.ComplyCube[0])).toEqual([{ id: 'client1' }]);
		expect(requests).toBe(1);
	});

	it('ends at a bound, with a sentence', async () => {
		await useServer();
		list = (number) => ({ ...page(number), pages: 1e9, pageSize: 1 });
		const { error } = await sandbox.call(all);
		expect(error?.message).toContain('The list goes on beyond 10,000 pages');
		expect(requests).toBe(10_000);
	});
});

describe('an event', () => {
	it.each(['type', 'id', 'createdAt', 'payload'])(
		'is answered with 200 if its %s is an object',
		async (name) => {
			await publish();
			const event = { id: 'event1', type: COMPLETED, payload: {} };
			Object.assign(event, { [name]: { toString: null } });
			const [{ attempts }] = sandbox.simulator.deliveries.emit({ raw: JSON.stringify(event) });
			await sandbox.simulator.deliveries.settled();
			expect(attempts.map(({ status }) => status)).toEqual([200]);
			expect(webhooks()).toMatchObject([{ enabled: true }]);
		},
	);

	/** n8n's memory outside of V8's heap, where bodies are, in MB. */
	async function readMemory(): Promise<number> {
		const text = await (await fetch(`${sandbox.n8n.url}/metrics`)).text();
		return Number(/^n8n_nodejs_external_memory_bytes(?:\{.*\})? (\S+)$/m.exec(text)?.[1]) / 2 ** 20;
	}

	it('whose sender hangs up does not stay in memory, and starts the workflow once', async () => {
		const EVENTS = 100;
		const id = await publish();
		const [{ url, secret }] = webhooks();
		const bodies = Array.from({ length: EVENTS }, (_, i) =>
			Buffer.from(
				JSON.stringify({ id: `event${i}`, type: COMPLETED, filler: 'x'.repeat(2 ** 20) }),
			),
		);
		const open = (body: Buffer) => {
			const sender = request(url, {
				method: 'POST',
				headers: { 'content-type': 'application/json', [SIGNATURE_HEADER]: sign(body, secret) },
			});
			return sender.on('error', () => undefined);
		};
		const before = await readMemory();
		for (const [i, body] of bodies.entries()) {
			const sender = open(body);
			await new Promise<void>((resolve) => sender.write(body.subarray(0, -1), () => resolve()));
			// Every other one hangs up before n8n has all of it
			if (i % 2 === 0) sender.end(body.subarray(-1));
			await sleep(20);
			sender.destroy();
		}
		await sandbox.waitForExecutions(id, EVENTS / 2);
		const statuses: Array<number | undefined> = [];
		for (const body of bodies) {
			const [answer] = (await once(open(body).end(body), 'response')) as [IncomingMessage];
			answer.resume();
			statuses.push(answer.statusCode);
		}
		expect(new Set(statuses)).toEqual(new Set([200]));
		const executions = await sandbox.waitForExecutions(id, EVENTS);
		await sleep(1_000);
		expect(await sandbox.listExecutions(id)).toHaveLength(executions.length);
		expect(executions).toHaveLength(EVENTS);
		// What n8n has read of them are 150 MB
		const isFreed = await waitFor(async () => (await readMemory()) < before + EVENTS, 60_000);
		printFigure(
			`${EVENTS} events of 1 MB, hung up on: ${Math.round((await readMemory()) - before)} MB more`,
		);
		expect(isFreed).toBe(true);
	});
});

describe('an answer of 408 to what was carried out', () => {
	const create = (path: string) =>
		sandbox.simulator.faults.add({
			kind: 'reply',
			method: 'POST',
			path,
			status: 408,
			processed: true,
		});

	it('leaves a new client in doubt, and creates no second one', async () => {
		create('/clients');
		const { error } = await sandbox.call({
			resource: 'client',
			operation: 'create',
			email: 'ada@example.com',
			firstName: 'Ada',
			lastName: 'Example',
		});
		expect(error?.description).toContain('The client may have been created all the same');
		expect(posts('/clients')).toHaveLength(1);
	});

	it('leaves no webhook behind that nobody knows', async () => {
		create('/webhooks');
		await expect(publish()).rejects.toThrow('408');
		expect(posts('/webhooks').length).toBeGreaterThan(0);
		expect(webhooks()).toEqual([]);
	});
});

it('an ID without an end is not sent, and what turns or hides text does not reach a sentence', async () => {
	const get = { operation: 'get', workflowSessionId: byId('={{ $json.id }}') };
	const { data } = await sandbox.call(get, [{ id: 'a'.repeat(257) }], {
		onError: 'continueRegularOutput',
	});
	expect(jsonOf(data.ComplyCube[0])).toMatchObject([
		{ error: "The 'Workflow Session' parameter is too long to be an ID" },
	]);
	expect(sandbox.simulator.requests).toEqual([]);
	const json = { type: 'invalid', message: 'No\u202E such\u0000\u001B[31m\u200Bthing\r\nhere' };
	sandbox.simulator.faults.add({ kind: 'reply', status: 400, body: { json } });
	const { error } = await sandbox.call(get, [{ id: 'a'.repeat(256) }]);
	expect(error?.message).toContain('No such');
	expect(`${error?.message}${error?.description}`).not.toMatch(/[\p{Cc}\p{Cf}]/u);
});

itOnce('a key that was asked to wait for a day is free after two minutes', async () => {
	const isFree = await waitFor(async () => (await getLive()).status === 'success', 150_000);
	expect(isFree).toBe(true);
	const heldFor = Date.now() - heldSince;
	expect(heldFor).toBeLessThan(140_000);
	printFigure(`a Retry-After of a day holds the key for ${Math.round(heldFor / 1_000)} s`);
});
