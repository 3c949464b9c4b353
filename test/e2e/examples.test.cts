import { playApplicant } from '../../sandbox/journey/applicant.cts';
import { EXAMPLES, readExample } from '../../sandbox/journey/examples.cts';
import { playJourney } from '../../sandbox/journey/journey.cts';
import type { Mail } from '../../sandbox/journey/mailServer.cts';
import { submitForm } from '../../sandbox/journey/onlineForm.cts';
import type { NodeType } from '../../sandbox/n8n/n8nClient.cts';
import type { Workflow, WorkflowNode } from '../../sandbox/n8n/workflow.cts';
import { waitFor } from '../../sandbox/process/waitFor.cts';
import type { Sandbox } from '../../sandbox/rig/sandbox.cts';
import { mainConnectionsOf } from '../package/canvas.cts';
import { byGeneration } from './byGeneration.cts';
import { ExampleRig, withRunsKept } from './exampleRig.cts';
import { mistakesIn } from './parameterCheck.cts';
import { startScriptedModel, type ToolCall } from './scriptedModel.cts';

/** The examples whose nodes this n8n has: only n8n 2 lets a person approve what a tool does. */
const KNOWN = EXAMPLES.filter((name) =>
	byGeneration({ 'n8n 1': name !== 'assistant-with-approval', 'n8n 2': true }),
);

const TEAM = 'compliance@example.com';
const REVIEWERS = 'reviewers@example.com';

/** The header that the examples' webhooks ask for. */
const HEADER = { name: 'x-example', value: 'let-me-in' };

let rig: ExampleRig;
let sandbox: Sandbox;
let mails: Mail[];
beforeAll(async () => {
	rig = await ExampleRig.start(
		['httpHeaderAuth', HEADER],
		['slackApi', { accessToken: 'xoxb-none' }],
		['openAiApi', { apiKey: 'none' }],
	);
	({ sandbox, mails } = rig);
}, 900_000);
afterAll(async () => await rig?.stop());
afterEach(async () => await rig.reset());

const example = (name: string): Workflow => rig.example(name);

const nodeOf = ({ nodes }: Workflow, nodeName: string): WorkflowNode =>
	nodes.find(({ name }) => name === nodeName)!;

/**
 * The example "outcome to team", with its Slack node switched off so that it passes its items on: there is no Slack to send
 * them to. The test of all parameters covers those of the Slack node.
 */
function runnableOutcomeToTeam(): Workflow {
	const workflow = example('outcome-to-team');
	nodeOf(workflow, 'Tell the team in Slack').disabled = true;
	return workflow;
}

const formOf = (onboarding: Workflow): string =>
	`${sandbox.n8n.url}/form/${String(nodeOf(onboarding, 'Application form').webhookId)}`;

const publish = async (workflow: Workflow) => await sandbox.n8n.client.publish(workflow);

/** Waits until a workflow has a number of executions and all have ended. @returns Their statuses, oldest first */
async function waitForStatuses(workflowId: string, count: number): Promise<string[]> {
	const executions = await sandbox.waitForExecutions(workflowId, count);
	return executions.map(({ status }) => status);
}

describe('every parameter is known to n8n', () => {
	let types: NodeType[];
	beforeAll(async () => {
		types = await sandbox.n8n.client.listNodeTypes();
	});

	it.each(KNOWN)('%s', async (name) => {
		const { id } = await sandbox.n8n.client.createWorkflow(example(name));
		const { nodes } = await sandbox.n8n.client.getWorkflow(id);
		const mistakes = nodes.map((node) => [node.name, ...mistakesIn(node, types)]);
		expect(mistakes.filter(([, ...found]) => found.length > 0)).toEqual([]);
	});

	it.each(KNOWN)('%s has none of the names that n8n gives to new nodes', (name) => {
		const defaultName = ({ type }: WorkflowNode) =>
			(types.find((one) => one.name === type)?.defaults as { name?: string }).name;
		const unnamed = readExample(name).nodes.filter(
			(node) => node.name.replace(/\d+$/, '') === defaultName(node),
		);
		expect(unnamed).toEqual([]);
	});

	it('and a mistake would be found', () => {
		const node = nodeOf(example('onboarding'), 'Create client');
		const mistakes = (parameters: object) =>
			mistakesIn({ ...node, parameters: { ...node.parameters, ...parameters } }, types);
		expect([
			mistakesIn({ ...node, typeVersion: 99 }, types),
			mistakes({ companyName: 'Example Ltd' }),
			mistakes({ clientFields: { nothing: 1 } }),
			mistakes({ type: 'animal', firstName: undefined, lastName: undefined }),
			mistakes({ email: '' }),
		]).toEqual([
			['n8n-nodes-complycube.complyCube has no version 99'],
			['no parameter companyName'],
			['no parameter clientFields.nothing'],
			expect.arrayContaining(['type has no option "animal"']),
			['Parameter "Email" is required.'],
		]);
	});
});

describe('is clicked through with its pinned data, without a credential', () => {
	/** Where an execution stops of itself: at its end, or where it waits for somebody. */
	const STOPS = ['success', 'error', 'waiting', 'crashed'];

	it.each(KNOWN)('%s', async (name) => {
		const workflow = withRunsKept(readExample(name));
		const connections = mainConnectionsOf(workflow);
		const { client } = sandbox.n8n;
		const { id } = await client.createWorkflow(workflow);
		const triggers = connections
			.map(({ from }) => from)
			.filter((from) => !connections.some(({ to }) => to === from));
		for (const triggerNode of new Set(triggers)) {
			const execution = await client.startWorkflow(id, { triggerNode });
			const ended = await waitFor(async () => {
				const current = await client.getExecution(execution);
				return STOPS.includes(current.status) ? current : undefined;
			}, 30_000);
			expect([ended?.status, ended?.error]).toEqual([
				expect.stringMatching(/^(success|waiting)$/),
				undefined,
			]);
		}
		expect(sandbox.simulator.requests).toEqual([]);
		expect(mails).toEqual([]);
	});
});

test('onboarding: a person who fills in the form is sent a link for the verification', async () => {
	const workflow = example('onboarding');
	const id = await publish(workflow);
	const page = await submitForm(formOf(workflow), {
		'First name': 'Grace',
		'Last name': 'Hopper',
		Email: 'grace@example.com',
	});
	expect(page).toContain('Check your inbox: we have sent you a link to verify your identity.');
	expect(await waitForStatuses(id, 1)).toEqual(['success']);

	const { clients, flowSessions, settings } = sandbox.simulator;
	expect(clients.list()).toEqual([
		expect.objectContaining({
			type: 'person',
			email: 'grace@example.com',
			personDetails: { firstName: 'Grace', lastName: 'Hopper' },
		}),
	]);
	const [session] = flowSessions.list();
	expect(session).toMatchObject({
		clientId: clients.list()[0].id,
		workflowTemplateId: settings.workflowTemplates[0].id,
		shortUrl: true,
	});
	expect(mails).toEqual([
		expect.objectContaining({
			to: 'grace@example.com',
			subject: 'Please verify your identity',
			text: expect.stringMatching(/^Hello Grace,\n/),
		}),
	]);
	expect(mails[0].text).toContain(session.redirectUrl);
	expect(await playApplicant(session.redirectUrl)).toBe(session.successUrl);
});

test('the journey of npm start goes through two published examples', async () => {
	const onboarding = example('onboarding');
	await publish(onboarding);
	await publish(runnableOutcomeToTeam());
	const steps: string[] = [];
	await playJourney({
		form: formOf(onboarding),
		simulator: sandbox.simulator,
		mails,
		report: (sentence) => steps.push(sentence),
	});
	expect(steps).toHaveLength(8);
	expect(mails.map(({ subject }) => subject)).toEqual([
		'Please verify your identity',
		'Your account is open',
	]);
});

describe('outcome to team', () => {
	/** Plays an applicant who goes through a hosted session, and waits for the first mail that follows. */
	async function playVerification(lastName: string) {
		const { clients, flowSessions } = sandbox.simulator;
		const personDetails = { firstName: 'Grace', lastName };
		const [client] = clients.seed({ email: 'grace@example.com', personDetails });
		const [{ redirectUrl }] = flowSessions.seed({ clientId: client.id });
		await playApplicant(redirectUrl);
		await waitFor(() => mails.length > 0);
		const [session] = sandbox.simulator.workflowSessions.list();
		return { client, session };
	}

	const teamMail = (outcome: string): Partial<Mail> => ({
		to: TEAM,
		subject: `Verification needs attention: ${outcome}`,
	});

	it('welcomes the client if the outcome is clear', async () => {
		const id = await publish(runnableOutcomeToTeam());
		await playVerification('Hopper');
		expect(await waitForStatuses(id, 1)).toEqual(['success']);
		expect(mails).toEqual([
			expect.objectContaining({
				to: 'grace@example.com',
				subject: 'Your account is open',
				text: expect.stringMatching(/^Hello Grace Hopper,\n/),
				attachments: [],
			}),
		]);
	});

	it('tells the team about the outcome attention, and about the outcome of a later review', async () => {
		const id = await publish(runnableOutcomeToTeam());
		const { client, session } = await playVerification('attention');
		sandbox.simulator.workflowSessions.change(session.id, { outcome: 'decline' });
		expect(await waitForStatuses(id, 2)).toEqual(['success', 'success']);
		const expected = ['attention', 'decline'].map(teamMail);
		expect(mails).toEqual(expected.map((mail) => expect.objectContaining(mail)));
		expect(mails[0].text).toContain(`Client: ${client.id}\nSession: ${session.id}`);
	});

	it('sends the report to the team if the outcome is review', async () => {
		sandbox.simulator.settings.outcomeVocabulary = 'clear/review/decline';
		const id = await publish(runnableOutcomeToTeam());
		const { session } = await playVerification('attention');
		expect(await waitForStatuses(id, 1)).toEqual(['success']);
		expect(mails).toEqual([
			expect.objectContaining({
				to: REVIEWERS,
				subject: `Please review: session ${session.id}`,
				attachments: [expect.objectContaining({ type: 'application/pdf' })],
			}),
		]);
		const [{ name, content }] = mails[0].attachments;
		expect(name).toMatch(/\.pdf$/);
		expect(content.subarray(0, 5).toString()).toBe('%PDF-');
	});

	it('tells the team if there is no report for the reviewers', async () => {
		const { settings, faults } = sandbox.simulator;
		settings.outcomeVocabulary = 'clear/review/decline';
		faults.add({ kind: 'reply', path: '/reports', status: 403 });
		const id = await publish(runnableOutcomeToTeam());
		const { client, session } = await playVerification('attention');
		expect(await waitForStatuses(id, 1)).toEqual(['success']);
		expect(mails).toEqual([expect.objectContaining(teamMail('review'))]);
		expect(mails[0].text).toContain(`Client: ${client.id}\nSession: ${session.id}`);
	});

	it('tells nobody while there is no outcome, and the team about an outcome that is not known today', async () => {
		const { clients, workflowSessions, deliveries } = sandbox.simulator;
		const id = await publish(runnableOutcomeToTeam());
		const [client] = clients.seed({ email: 'grace@example.com' });
		const [session] = workflowSessions.seed({ clientId: client.id });
		deliveries.emit({ type: 'workflow.session.updated', payload: { id: session.id } });
		expect(await waitForStatuses(id, 1)).toEqual(['success']);
		expect(mails).toEqual([]);
		workflowSessions.change(session.id, { status: 'complete', outcome: 'not_known_today' });
		await waitForStatuses(id, 2);
		expect(mails).toEqual([expect.objectContaining(teamMail('not_known_today'))]);
	});

	it('welcomes once for a session, also if an event comes late or the outcome comes back', async () => {
		const { workflowSessions, deliveries } = sandbox.simulator;
		const id = await publish(runnableOutcomeToTeam());
		const { session } = await playVerification('Hopper');
		await waitForStatuses(id, 1);
		deliveries.emit({ type: 'workflow.session.updated', payload: { id: session.id } });
		await waitForStatuses(id, 2);
		workflowSessions.change(session.id, { outcome: 'attention' });
		await waitForStatuses(id, 3);
		workflowSessions.change(session.id, { outcome: 'clear' });
		expect(await waitForStatuses(id, 4)).toEqual(Array(4).fill('success'));
		expect(mails.map(({ subject }) => subject)).toEqual([
			'Your account is open',
			'Verification needs attention: attention',
		]);
		await playVerification('Hopper');
		await waitForStatuses(id, 5);
		expect(mails.map(({ to }) => to)).toEqual(['grace@example.com', TEAM, 'grace@example.com']);
	});

	it('sends no second mail for a repeated delivery, also after a restart', async () => {
		const id = await publish(runnableOutcomeToTeam());
		await playVerification('Hopper');
		await waitForStatuses(id, 1);
		const { deliveries } = sandbox.simulator;
		const [{ id: delivery }] = deliveries.list();
		deliveries.redeliver(delivery);
		await deliveries.settled();
		expect(await waitForStatuses(id, 1)).toEqual(['success']);
		await sandbox.n8n.restart();
		deliveries.redeliver(delivery);
		const statuses = (await deliveries.settled()).map(({ attempts }) => attempts[0].status);
		expect(statuses).toEqual([200, 200, 200]);
		// The second one ends at the trigger
		expect(await waitForStatuses(id, 2)).toEqual(['success', 'success']);
		expect(mails).toHaveLength(1);
	});
});

describe('complete and decide', () => {
	const UNKNOWN = '5eb04fd3a2a3b4000806c8f1';

	/** Calls the webhook. @returns The status, and the answer as JSON if it is some */
	async function requestDecision(
		body: object,
		headers: Record<string, string> = { [HEADER.name]: HEADER.value },
	): Promise<[status: number, answer: unknown]> {
		const response = await fetch(`${sandbox.n8n.url}/webhook/complycube-decision`, {
			method: 'POST',
			headers: { 'content-type': 'application/json', ...headers },
			body: JSON.stringify(body),
		});
		const text = await response.text();
		return [response.status, text.startsWith('{') ? JSON.parse(text) : text];
	}

	const seed = (lastName: string) =>
		sandbox.simulator.workflowSessions.seed({
			lastName,
			clientId: sandbox.simulator.clients.seed()[0].id,
		})[0];
	const completions = () =>
		sandbox.simulator.workflowSessions.list().map(({ effects }) => effects.complete);

	let id: string;
	beforeEach(async () => {
		id = await publish(example('complete-and-decide'));
		sandbox.simulator.settings.processingMs = 500;
	});

	it('the app receives a decision, and the same one if it asks again', async () => {
		const [clear, attention] = [seed('Hopper'), seed('attention')];
		const requests = [clear, attention].map(({ id: sessionId, clientId }) => ({
			sessionId,
			clientId,
		}));
		const status = 'complete';
		const answers = [
			[200, { sessionId: clear.id, status, outcome: 'clear', decision: 'accept' }],
			[200, { sessionId: attention.id, status, outcome: 'attention', decision: 'review' }],
		];
		for (let times = 0; times < 2; times++) {
			expect(await Promise.all(requests.map((request) => requestDecision(request)))).toEqual(
				answers,
			);
		}
		expect(completions()).toEqual([1, 1]);
	});

	it('whoever does not know the header starts nothing', async () => {
		const { id: sessionId, clientId } = seed('Hopper');
		const statuses = [];
		for (const headers of [{}, { [HEADER.name]: 'guessed' }]) {
			const [status] = await requestDecision({ sessionId, clientId }, headers);
			statuses.push(status);
		}
		expect(statuses).toEqual([403, 403]);
		expect(await sandbox.listExecutions(id)).toEqual([]);
		expect(sandbox.simulator.requests).toEqual([]);
	});

	it('the session of another client is not found, and neither is one without its client', async () => {
		const [hers, his] = [seed('Hopper'), seed('Turing')];
		const reason = 'There is no such session of this client';
		const refused = (sessionId: string | null) => [404, { sessionId, decision: 'unknown', reason }];
		expect(
			await Promise.all([
				requestDecision({ sessionId: hers.id, clientId: his.clientId }),
				requestDecision({ sessionId: hers.id }),
				requestDecision({ sessionId: hers.id, clientId: '' }),
				requestDecision({ sessionId: UNKNOWN, clientId: his.clientId }),
				requestDecision({ clientId: his.clientId }),
			]),
		).toEqual([hers.id, hers.id, hers.id, UNKNOWN, null].map(refused));
		expect(completions()).toEqual([0, 0]);
		expect(sandbox.simulator.requests.filter(({ method }) => method === 'POST')).toEqual([]);
	});

	it.each([
		['with a slash', 'a/b'],
		['with a space within', '5eb04fd3a2a3 b4000806c8f1'],
		['of spaces', ' '],
		['of 3,000 characters', 'a'.repeat(3_000)],
		['that is an object', { $ne: '' }],
		['that is a list', ['a', 'b']],
		['that is true', true],
	])('a session ID %s is that of no session', async (_what, sessionId) => {
		const { clientId } = seed('Hopper');
		expect(await requestDecision({ sessionId, clientId })).toEqual([
			404,
			{ sessionId, decision: 'unknown', reason: 'There is no such session of this client' },
		]);
		expect(completions()).toEqual([0]);
	});

	it.each([
		['read', 'GET', '/workflowSessions/:id'],
		['completed', 'POST', '/workflowSessions/:id/complete'],
	])('the app is told why the session could not be %s', async (_what, method, path) => {
		const { id: sessionId, clientId } = seed('Hopper');
		sandbox.simulator.faults.add({ kind: 'reply', method, path, status: 403 });
		expect(await requestDecision({ sessionId, clientId })).toEqual([
			502,
			{ sessionId, decision: 'unknown', reason: expect.stringMatching(/./) },
		]);
		expect(completions()).toEqual([0]);
	});
});

describe('daily review digest', () => {
	const run = async () => {
		const { id } = await sandbox.n8n.client.createWorkflow(example('daily-review-digest'));
		return await sandbox.n8n.client.runWorkflow(id, { triggerNode: 'Every morning at eight' });
	};

	it('is one mail with a table of the sessions since yesterday that are not clear', async () => {
		const { workflowSessions } = sandbox.simulator;
		const twoDaysAgo = new Date(Date.now() - 2 * 24 * 60 * 60_000).toISOString();
		const status = 'complete';
		const outcomes = ['attention', 'review', 'decline', 'not_known_today'];
		const toReview = workflowSessions.seed(
			outcomes.map((outcome) => ({ status, outcome, entityName: 'A & <B>' })),
		);
		workflowSessions.seed([
			{ status, outcome: 'decline', createdAt: twoDaysAgo, updatedAt: twoDaysAgo },
			{ status, outcome: 'clear' },
			{ status: 'started', lastName: 'attention' },
		]);
		expect((await run()).status).toBe('success');
		expect(mails).toEqual([
			expect.objectContaining({ to: TEAM, subject: '4 verifications to review' }),
		]);
		const rows = mails[0].html.match(/<tr><td>.*<\/tr>/g) ?? [];
		expect(rows.map((row) => row.match(/[0-9a-f]{24}/)?.[0]).sort()).toEqual(
			toReview.map(({ id }) => id).sort(),
		);
		expect(rows[0]).toContain('<td>A &amp; &lt;B></td>');
		for (const outcome of outcomes) {
			expect(mails[0].html).toContain(`<td>${outcome}</td>`);
		}
	});

	it('is not sent if there are no such sessions', async () => {
		sandbox.simulator.workflowSessions.seed({ status: 'complete', outcome: 'clear' });
		expect((await run()).status).toBe('success');
		expect(mails).toEqual([]);
	});
});

describe('AI assistant', () => {
	/** Asks the assistant something, with a model that follows a script. @returns The execution, and what the model was sent */
	async function ask(chatInput: string, turns: Array<ToolCall | string>) {
		const model = await startScriptedModel(turns);
		try {
			await sandbox.n8n.client.updateCredential(rig.credential('openAiApi'), {
				apiKey: 'none',
				url: model.url,
			});
			const { id } = await sandbox.n8n.client.createWorkflow(example('ai-assistant'));
			const execution = await sandbox.n8n.client.runWorkflow(id, {
				triggerNode: 'Question in the chat',
				triggerItem: { action: 'sendMessage', sessionId: 'chat', chatInput },
			});
			expect([execution.status, execution.error]).toEqual(['success', undefined]);
			const { messages } = model.requests.at(-1)!;
			const results = messages.filter(({ role }) => role === 'tool');
			return {
				answer: execution.data.Assistant[0][0].json.output,
				requests: model.requests,
				toolResults: results.map(({ content }) => JSON.parse(String(content))),
			};
		} finally {
			await model.stop();
		}
	}

	it('the model reads data through its tools', async () => {
		const { clients, workflowSessions } = sandbox.simulator;
		const [client] = clients.seed({ email: 'grace@example.com' });
		workflowSessions.seed({ count: 25, status: 'complete', lastName: 'attention' });
		const [session] = workflowSessions.seed({
			clientId: client.id,
			status: 'complete',
			lastName: 'attention',
		});
		const { answer, requests, toolResults } = await ask('Who needs attention?', [
			{ tool: 'Find_sessions', input: { outcome: 'attention' } },
			{ tool: 'Get_session', input: { sessionId: session.id } },
			{ tool: 'Get_client', input: { clientId: client.id } },
			'Grace needs attention.',
		]);
		expect(answer).toBe('Grace needs attention.');
		expect(sandbox.simulator.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
			'GET /v1/workflowSessions',
			`GET /v1/workflowSessions/${session.id}`,
			`GET /v1/clients/${client.id}`,
		]);
		const [{ tools, messages }] = requests;
		expect(
			Object.fromEntries(tools.map(({ function: { name, parameters } }) => [name, parameters])),
		).toEqual({
			Find_sessions: expect.objectContaining({ required: ['outcome'] }),
			Get_session: expect.objectContaining({ required: ['sessionId'] }),
			Get_client: expect.objectContaining({ required: ['clientId'] }),
		});
		expect(messages).toEqual([
			expect.objectContaining({ role: 'system', content: expect.stringMatching(/^You help a/) }),
			expect.objectContaining({ role: 'user', content: 'Who needs attention?' }),
		]);
		const [found, ...others] = toolResults;
		expect(found).toHaveLength(20);
		expect(found[0]).toMatchObject({ id: session.id, outcome: 'attention' });
		expect(others).toEqual([
			[expect.objectContaining({ id: session.id, clientId: client.id })],
			[expect.objectContaining({ id: client.id, email: 'grace@example.com' })],
		]);
	});

	it('the model learns why a tool failed', async () => {
		const unknown = '5eb04fd3a2a3b4000806c8f1';
		const { answer, toolResults } = await ask('What about that session?', [
			{ tool: 'Get_session', input: { sessionId: unknown } },
			'There is no such session.',
		]);
		expect(answer).toBe('There is no such session.');
		expect(toolResults).toEqual([
			[
				{
					error: expect.stringContaining(`'${unknown}'`),
					details: expect.objectContaining({ httpCode: '404' }),
				},
			],
		]);
	});
});
