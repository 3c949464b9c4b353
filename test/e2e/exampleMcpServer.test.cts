import type { Sandbox } from '../../sandbox/rig/sandbox.cts';
import { ExampleRig } from './exampleRig.cts';
import { connectMcpClient, type McpClient } from './mcpClient.cts';

const NAME = 'mcp-server';
const TOKEN = 'sandbox-token-of-the-mcp-server';

/** Of these a model needs nothing to answer questions about outcomes. */
const UNNEEDED = ['tasks', 'allRelatedChecks', 'policyAssurance', 'personDetails', 'result'];

let rig: ExampleRig;
let sandbox: Sandbox;
let address: string;
const clients: McpClient[] = [];
beforeAll(async () => {
	rig = await ExampleRig.start(['httpBearerAuth', { token: TOKEN }]);
	({ sandbox } = rig);
	const example = rig.example(NAME);
	await rig.publish(example);
	const { parameters } = example.nodes.find(({ name }) => name === 'MCP server')!;
	address = `${sandbox.n8n.url}/mcp/${String(parameters.path)}`;
}, 900_000);
afterAll(async () => {
	for (const client of clients) await client.close();
	await rig?.stop();
});
beforeEach(() => sandbox.simulator.reset());

async function connect(headers: Record<string, string>): Promise<McpClient> {
	const client = await connectMcpClient(address, headers);
	clients.push(client);
	return client;
}

const connectWithToken = async () => await connect({ authorization: `Bearer ${TOKEN}` });

test('the tools of the server only read', async () => {
	const { tools } = await (await connectWithToken()).listTools();
	const required = tools.map(({ name, inputSchema }) => [name, inputSchema.required]);
	expect(Object.fromEntries(required)).toEqual({
		Find_sessions: ['status'],
		Get_session: ['sessionId'],
		Get_client: ['clientId'],
		Find_checks: ['clientId', 'outcome'],
	});
});

test('a call returns the outcome of a session, and no more of it than the model needs', async () => {
	const [person] = sandbox.simulator.clients.seed({ email: 'sam@sample.invalid' });
	const [session] = sandbox.simulator.workflowSessions.seed({
		clientId: person.id,
		status: 'complete',
		lastName: 'attention',
	});
	const client = await connectWithToken();
	const call = async (name: string, input: Record<string, unknown>) => {
		const { content, isError } = await client.callTool({ name, arguments: input });
		expect(isError).not.toBe(true);
		expect(content).toHaveLength(1);
		for (const field of UNNEEDED) expect(content[0].text).not.toContain(`"${field}"`);
		return JSON.parse(content[0].text) as unknown;
	};
	expect([
		await call('Get_session', { sessionId: session.id }),
		await call('Find_sessions', { status: 'complete' }),
		await call('Get_client', { clientId: person.id }),
		await call('Find_checks', { clientId: person.id, outcome: 'attention' }),
	]).toEqual([
		[expect.objectContaining({ id: session.id, status: 'complete', outcome: 'attention' })],
		[expect.objectContaining({ id: session.id, outcome: 'attention' })],
		[expect.objectContaining({ id: person.id, email: 'sam@sample.invalid' })],
		expect.arrayContaining([expect.objectContaining({ type: 'document_check' })]),
	]);
	const { requests } = sandbox.simulator;
	expect(requests.length).toBeGreaterThanOrEqual(4);
	expect([...new Set(requests.map(({ method }) => method))]).toEqual(['GET']);
});

test('the app is told why a call fails', async () => {
	const client = await connectWithToken();
	const unknown = '5eb04fd3a2a3b4000806c8f1';
	const call = async (name: string, input: Record<string, unknown>) =>
		(await client.callTool({ name, arguments: input })).content[0].text;
	expect(await call('Get_session', { sessionId: unknown })).toContain(unknown);
	// A filter without a value would otherwise list everything
	expect(await call('Find_checks', { clientId: '', outcome: 'clear' })).toContain(
		"The 'Client' filter is empty",
	);
	expect(sandbox.simulator.requests.map(({ path }) => path)).toEqual([
		`/v1/workflowSessions/${unknown}`,
	]);
});

test.each([
	['no token', {}],
	['another token', { authorization: `Bearer ${TOKEN}x` }],
	['the token in another scheme', { authorization: `Basic ${TOKEN}` }],
])('nobody is let in with %s', async (_, headers: Record<string, string>) => {
	await expect(connect(headers)).rejects.toMatchObject({ code: 403 });
	expect(sandbox.simulator.requests).toEqual([]);
});
