import { readExample } from '../../sandbox/journey/examples.cts';
import type { Mail } from '../../sandbox/journey/mailServer.cts';
import type { Workflow } from '../../sandbox/n8n/workflow.cts';
import { waitFor } from '../../sandbox/process/waitFor.cts';
import type { Sandbox } from '../../sandbox/rig/sandbox.cts';
import { byGeneration } from './byGeneration.cts';
import { ExampleRig } from './exampleRig.cts';
import { startScriptedModel, type ScriptedModel, type ToolCall } from './scriptedModel.cts';

const NAME = 'assistant-with-approval';

/** n8n answers previews and robots, by which links in mails are opened too, without taking it for somebody's answer. */
const BROWSER = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0' };

/** n8n looks every minute for executions that have waited for long enough. */
const TIMEOUT_MS = 150_000;

const MESSAGE = { action: 'sendMessage', sessionId: 'chat', chatInput: 'Please complete it.' };

// n8n 1 cannot let a tool wait for a person
const describeIfKnown = byGeneration({ 'n8n 1': describe.skip, 'n8n 2': describe });

describeIfKnown('assistant with approval', () => {
	let rig: ExampleRig;
	let sandbox: Sandbox;
	let mails: Mail[];
	let model: ScriptedModel | undefined;
	beforeAll(async () => {
		rig = await ExampleRig.start(['openAiApi', { apiKey: 'none' }]);
		({ sandbox, mails } = rig);
	}, 900_000);
	afterAll(async () => await rig?.stop());
	afterEach(async () => {
		await model?.stop();
		model = undefined;
		await rig.reset();
	});

	const approvalIn = ({ nodes }: Workflow) =>
		nodes.find(({ name }) => name === 'Ask the approver')!;

	/**
	 * Sends the assistant a message, to which the model replies as scripted.
	 *
	 * @returns ID of the execution
	 */
	async function sendMessage(turns: Array<ToolCall | string>, workflow = rig.example(NAME)) {
		model = await startScriptedModel(turns);
		const { client } = sandbox.n8n;
		await client.updateCredential(rig.credential('openAiApi'), { apiKey: 'none', url: model.url });
		const { id } = await client.createWorkflow(workflow);
		return await client.startWorkflow(id, { triggerNode: 'Chat', triggerItem: MESSAGE });
	}

	async function waitForMail(number = 1): Promise<Mail> {
		await rig.waitForMails(number);
		expect(mails).toHaveLength(number);
		return mails[number - 1];
	}

	async function waitUntilWaiting(execution: string): Promise<void> {
		const waiting = await waitFor(
			async () => (await sandbox.n8n.client.getExecution(execution)).status === 'waiting',
		);
		expect(waiting).toBe(true);
	}

	/** Presses a button of a mail. @returns The HTTP status of the page that opens */
	async function press({ html }: Mail, label: string): Promise<number> {
		const [, address] = html.match(new RegExp(`<a href="([^"]+)"[^>]*>${label}</a>`))!;
		const response = await fetch(address.replaceAll('&amp;', '&'), { headers: BROWSER });
		await response.text();
		return response.status;
	}

	const completions = () =>
		sandbox.simulator.requests
			.filter(({ method }) => method !== 'GET')
			.map(({ method, path }) => `${method} ${path}`);

	const completed = (sessionId: string) => `POST /v1/workflowSessions/${sessionId}/complete`;

	const complete = (sessionId: string): ToolCall => ({
		tool: 'Complete_session',
		input: { toolParameters: { sessionId }, hitlParameters: {} },
	});

	/** What the tools returned to the model, oldest first. */
	const results = () =>
		model!.requests
			.at(-1)!
			.messages.filter(({ role }) => role === 'tool')
			.map(({ content }) => String(content));

	const answerOf = async (execution: string) => {
		const { status, error, data } = await sandbox.n8n.client.waitForExecution(
			execution,
			TIMEOUT_MS,
		);
		return [status, error, data.Assistant?.at(-1)?.at(-1)?.json.output];
	};

	test('the chat is not public, and only one tool changes anything: it waits for the approver', () => {
		const { nodes, connections } = readExample(NAME);
		const chat = nodes.find(({ name }) => name === 'Chat')!;
		expect([chat.parameters.public, chat.parameters.availableInChat]).toEqual([
			undefined,
			undefined,
		]);
		const changing = nodes.filter(
			({ type, parameters }) =>
				type === 'n8n-nodes-complycube.complyCubeTool' &&
				!['get', 'getAll'].includes(String(parameters.operation)),
		);
		expect(changing.map(({ name }) => [name, connections[name]])).toEqual([
			[
				'Complete session',
				{ ai_tool: [[{ node: 'Ask the approver', type: 'ai_tool', index: 0 }]] },
			],
		]);
	});

	test('with a yes exactly one Complete is sent, for the session that the mail names', async () => {
		const [session, other] = sandbox.simulator.workflowSessions.seed({
			lastName: 'Hopper',
			count: 2,
		});
		const execution = await sendMessage([
			{ tool: 'Get_session', input: { sessionId: session.id } },
			complete(session.id),
			'It is completed: clear.',
		]);
		const mail = await waitForMail();
		await waitUntilWaiting(execution);
		expect(completions()).toEqual([]);
		expect(mail).toMatchObject({
			to: 'approver@example.com',
			subject: `Approve completing session ${session.id}?`,
		});
		expect(mail.html).toContain(`session ${session.id}. This starts its checks`);
		expect(mail.html).not.toContain(other.id);

		expect(await press(mail, 'Yes, complete it')).toBe(200);
		expect(await answerOf(execution)).toEqual(['success', undefined, 'It is completed: clear.']);
		expect(completions()).toEqual([completed(session.id)]);
		expect(results().at(-1)).toContain('"outcome":"clear"');

		await press(mail, 'Yes, complete it');
		await press(mail, 'No');
		expect(completions()).toEqual([completed(session.id)]);
		expect(mails).toHaveLength(1);
	});

	test('with a no none is sent, and the model is told so', async () => {
		const [session] = sandbox.simulator.workflowSessions.seed();
		const execution = await sendMessage([complete(session.id), 'It was not approved.']);
		const mail = await waitForMail();
		await waitUntilWaiting(execution);
		expect(await press(mail, 'No')).toBe(200);
		expect(await answerOf(execution)).toEqual(['success', undefined, 'It was not approved.']);
		expect(results()).toEqual([
			expect.stringMatching(/rejected the tool call to Complete session/),
		]);
		await press(mail, 'Yes, complete it');
		expect(completions()).toEqual([]);
	});

	test('without an answer none is sent, while it waits and after that', async () => {
		const workflow = rig.example(NAME);
		const approval = approvalIn(workflow).parameters;
		const { values } = (approval.options as { limitWaitTime: { values: object } }).limitWaitTime;
		// Three seconds instead of a day
		Object.assign(values, { resumeAmount: 0.05, resumeUnit: 'minutes' });
		const [session] = sandbox.simulator.workflowSessions.seed();
		const execution = await sendMessage([complete(session.id), 'Nobody answered.'], workflow);
		const mail = await waitForMail();
		await waitUntilWaiting(execution);
		expect(completions()).toEqual([]);
		expect(await answerOf(execution)).toEqual(['success', undefined, 'Nobody answered.']);
		await press(mail, 'Yes, complete it');
		expect(completions()).toEqual([]);
	});

	test('each Complete needs a yes of its own', async () => {
		const [one, other] = sandbox.simulator.workflowSessions.seed({ count: 2, lastName: 'Hopper' });
		const execution = await sendMessage([
			complete(one.id),
			complete(other.id),
			'One is completed, the other is not.',
		]);
		expect(await press(await waitForMail(), 'Yes, complete it')).toBe(200);
		const second = await waitForMail(2);
		expect(second.subject).toContain(other.id);
		await waitUntilWaiting(execution);
		expect(await press(second, 'No')).toBe(200);
		expect((await answerOf(execution))[0]).toBe('success');
		expect(completions()).toEqual([completed(one.id)]);
	});

	test('the model is told why a tool failed', async () => {
		const unknown = '5eb04fd3a2a3b4000806c8f1';
		const execution = await sendMessage([
			{ tool: 'Get_session', input: { sessionId: unknown } },
			complete(unknown),
			'There is no such session.',
		]);
		const mail = await waitForMail();
		await waitUntilWaiting(execution);
		expect(await press(mail, 'Yes, complete it')).toBe(200);
		expect((await answerOf(execution))[0]).toBe('success');
		expect(results()).toEqual([
			expect.stringContaining(`'${unknown}'`),
			expect.stringContaining(`'${unknown}'`),
		]);
	});
});
