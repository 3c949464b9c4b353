/** The example "app token": a server asks for what its app needs, in the real n8n. */
import { waitFor } from '../../sandbox/process/waitFor.cts';
import type { Sandbox } from '../../sandbox/rig/sandbox.cts';
import { ExampleRig } from './exampleRig.cts';

const EXAMPLE = 'app-token';
const HEADER = { 'X-Own-Secret': 'sesame-4711' };
const USER = { userId: 4711, firstName: 'Grace', lastName: 'Hopper', email: 'grace@example.com' };

let rig: ExampleRig;
let sandbox: Sandbox;
let workflowId: string;
beforeAll(async () => {
	const [[name, value]] = Object.entries(HEADER);
	rig = await ExampleRig.start(['httpHeaderAuth', { name, value }]);
	({ sandbox } = rig);
	workflowId = await rig.publish(rig.example(EXAMPLE));
}, 900_000);
afterAll(async () => await rig?.stop());
beforeEach(() => sandbox.simulator.reset());

/** Asks for a token as a server does. */
async function ask(body: unknown, headers: Record<string, string> = HEADER) {
	const response = await fetch(`${sandbox.n8n.url}/webhook/complycube-token`, {
		method: 'POST',
		headers: { 'content-type': 'application/json', ...headers },
		body: JSON.stringify(body),
	});
	return { response, status: response.status, text: await response.text() };
}

/** What n8n shows of executions of the workflow, once none is running. */
async function readKept(): Promise<Array<{ status: string }>> {
	const list = async () => await sandbox.n8n.client.listExecutions(workflowId);
	await waitFor(async () => (await list()).every(({ status }) => status !== 'running'));
	return await list();
}

it('answers with a token for the one client of the user, and keeps no token', async () => {
	const first = await ask(USER);
	expect([first.status, first.response.headers.get('cache-control')]).toEqual([200, 'no-store']);
	const second = await ask({ ...USER, email: 'hopper@example.com' });
	const clients = sandbox.simulator.clients.list();
	expect(clients).toEqual([
		expect.objectContaining({
			email: 'hopper@example.com',
			personDetails: { firstName: 'Grace', lastName: 'Hopper' },
			metadata: { userId: '4711' },
		}),
	]);
	const tokens = [first, second].map(({ text }) => {
		const { token, ...rest } = JSON.parse(text) as { token: string };
		expect(rest).toEqual({ clientId: clients[0].id, expiresInMinutes: 60 });
		return token;
	});
	expect(tokens).toEqual(Array(2).fill(expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/)));
	expect(sandbox.simulator.requests.at(-1)?.body).toMatchObject({
		clientId: clients[0].id,
		referrer: 'https://www.example.com/*',
	});
	expect(await readKept()).toEqual([]);
	const written = sandbox.readEverythingWritten();
	expect(tokens.filter((token) => written.includes(token))).toEqual([]);
});

it('keeps no token of a run in the editor either', async () => {
	const { client } = sandbox.n8n;
	const { id } = await client.createWorkflow(rig.example(EXAMPLE));
	await client.startWorkflow(id, {
		triggerNode: 'Token request',
		triggerItem: { body: USER, headers: {} },
	});
	await waitFor(() => sandbox.simulator.requests.some(({ path }) => path.endsWith('/tokens')));
	const running = async () => (await client.listExecutions(id)).map(({ status }) => status);
	await waitFor(async () => !(await running()).includes('running'));
	expect(await running()).toEqual([]);
	const rows = await sandbox.n8n.query('SELECT data FROM execution_data');
	expect(JSON.stringify(rows)).not.toMatch(/eyJ[\w-]+\.[\w-]+\.[\w-]+/);
});

it('lets nobody in without the right header', async () => {
	expect((await ask(USER, {})).status).toBe(403);
	expect((await ask(USER, { 'X-Own-Secret': 'guess' })).status).toBe(403);
	expect(sandbox.simulator.requests).toEqual([]);
});

it.each([
	['no email', { ...USER, email: undefined }],
	['an empty name', { ...USER, lastName: ' ' }],
	['an object as the ID', { ...USER, userId: { $ne: '' } }],
	['an ID of 501 characters', { ...USER, userId: 'a'.repeat(501) }],
	['an ID of 3,000 characters', { ...USER, userId: 'a'.repeat(3_000) }],
	['a list', [USER]],
	['nothing', {}],
])('says what to send if there is %s', async (_case, body) => {
	const { status, text } = await ask(body);
	expect(status).toBe(400);
	expect(JSON.parse(text)).toEqual({
		error: 'Send userId (up to 500 characters), firstName, lastName and email, as JSON.',
	});
	expect(sandbox.simulator.requests).toEqual([]);
});

it('answers with a token for an ID of 500 characters', async () => {
	const userId = 'a'.repeat(500);
	expect((await ask({ ...USER, userId: ` ${userId} ` })).status).toBe(200);
	expect(sandbox.simulator.clients.list()).toEqual([
		expect.objectContaining({ metadata: { userId } }),
	]);
});

it('says what ComplyCube does not accept about the user', async () => {
	const { status, text } = await ask({ ...USER, email: 'not an address' });
	expect(status).toBe(422);
	expect(JSON.parse(text)).toEqual({ error: expect.stringContaining('email') });
});

it.each([
	['/clients', { status: 401 }],
	['/tokens', { status: 400 }],
	['/tokens', { status: 503 }],
])('says that it failed, and fails in n8n, if %s answers %j', async (path, { status }) => {
	const before = (await readKept()).length;
	sandbox.simulator.faults.add({ kind: 'reply', path, status });
	const answer = await ask(USER);
	expect(answer.status).toBe(502);
	expect(JSON.parse(answer.text)).toEqual({
		error: 'No token could be made. Try again in a minute.',
	});
	await waitFor(async () => (await readKept()).length > before);
	const [newest] = await readKept();
	expect(newest.status).toBe('error');
});

it('can be clicked through with its sample data, without a credential', async () => {
	const { status, data } = await rig.clickThrough(EXAMPLE, 'Token request');
	expect(status).toBe('success');
	expect(data).toHaveProperty('Send token');
	expect(sandbox.simulator.requests).toEqual([]);
});
