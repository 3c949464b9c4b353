import { playApplicant } from '../../sandbox/journey/applicant.cts';
import { EXAMPLES, fillExample, readExample } from '../../sandbox/journey/examples.cts';
import { playJourney } from '../../sandbox/journey/journey.cts';
import { startMailServer, type Mail, type MailServer } from '../../sandbox/journey/mailServer.cts';
import { submitForm } from '../../sandbox/journey/onlineForm.cts';
import type { NodeType } from '../../sandbox/n8n/n8nClient.cts';
import type { StoredCredential, Workflow, WorkflowNode } from '../../sandbox/n8n/workflow.cts';
import { waitFor } from '../../sandbox/process/waitFor.cts';
import { Sandbox } from '../../sandbox/rig/sandbox.cts';
import { mistakesIn } from './parameterCheck.cts';
import { startScriptedModel } from './scriptedModel.cts';

const TEAM = 'compliance@example.com';

let sandbox: Sandbox;
let mailServer: MailServer;
let credentials: StoredCredential[];
beforeAll(async () => {
	mailServer = await startMailServer();
	sandbox = await Sandbox.start();
	const { client } = sandbox.n8n;
	credentials = [
		sandbox.credential,
		await client.createCredential('Mail', 'smtp', mailServer.credential),
		await client.createCredential('Slack', 'slackApi', { accessToken: 'xoxb-none' }),
		await client.createCredential('Model', 'openAiApi', { apiKey: 'none' }),
	];
}, 900_000);
afterAll(async () => {
	await sandbox?.stop();
	await mailServer?.stop();
});
beforeEach(() => {
	sandbox.simulator.reset();
	mailServer.mails.length = 0;
});
afterEach(async () => await sandbox.unpublishAll());

const example = (name: string): Workflow =>
	fillExample(name, credentials, sandbox.simulator.settings.workflowTemplates[0].id);

const nodeOf = ({ nodes }: Workflow, nodeName: string): WorkflowNode =>
	nodes.find(({ name }) => name === nodeName)!;

/**
 * The example "outcome to team", with its Slack node switched off so that it passes its items on: there is no Slack to send
 * them to. The test of all parameters covers those of the Slack node.
 */
function runnableOutcomeToTeam(): Workflow {
	const workflow = example('outcome-to-team');
	nodeOf(workflow, 'Tell Slack').disabled = true;
	return workflow;
}

const formOf = (onboarding: Workflow): string =>
	`${sandbox.n8n.url}/form/${String(nodeOf(onboarding, 'Application').webhookId)}`;

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

	it.each(EXAMPLES)('%s', async (name) => {
		const { id } = await sandbox.n8n.client.createWorkflow(example(name));
		const { nodes } = await sandbox.n8n.client.getWorkflow(id);
		const mistakes = nodes.map((node) => [node.name, ...mistakesIn(node, types)]);
		expect(mistakes.filter(([, ...found]) => found.length > 0)).toEqual([]);
	});

	it('except for the placeholder of the workflow template, which n8n marks as invalid', () => {
		const node = nodeOf(readExample('onboarding'), 'Create Link');
		expect(mistakesIn(node, types)).toEqual([expect.stringMatching(/^An ID contains no spaces/)]);
	});

	it('and a mistake would be found', () => {
		const node = nodeOf(example('onboarding'), 'Create Client');
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

test('onboarding: a person who fills in the form is sent a link for the verification', async () => {
	const workflow = example('onboarding');
	const id = await publish(workflow);
	const page = await submitForm(formOf(workflow), {
		'First name': 'Grace',
		'Last name': 'Hopper',
		Email: 'grace@example.com',
	});
	expect(page).toContain('Look into your mail: there is a link to verify your identity.');
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
	expect(mailServer.mails).toEqual([
		expect.objectContaining({
			to: 'grace@example.com',
			subject: 'Please verify your identity',
			text: expect.stringMatching(/^Hello Grace,\n/),
		}),
	]);
	expect(mailServer.mails[0].text).toContain(session.redirectUrl);
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
		mails: mailServer.mails,
		report: (sentence) => steps.push(sentence),
	});
	expect(steps).toHaveLength(8);
	expect(mailServer.mails.map(({ subject }) => subject)).toEqual([
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
		await waitFor(() => mailServer.mails.length > 0);
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
		expect(mailServer.mails).toEqual([
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
		const mails = ['attention', 'decline'].map(teamMail);
		expect(mailServer.mails).toEqual(mails.map((mail) => expect.objectContaining(mail)));
		expect(mailServer.mails[0].text).toContain(`Client: ${client.id}\nSession: ${session.id}`);
	});

	it('sends the report to the team if the outcome is review', async () => {
		sandbox.simulator.settings.outcomeVocabulary = 'clear/review/decline';
		const id = await publish(runnableOutcomeToTeam());
		const { session } = await playVerification('attention');
		expect(await waitForStatuses(id, 1)).toEqual(['success']);
		expect(mailServer.mails).toEqual([
			expect.objectContaining({
				to: TEAM,
				subject: `Please review: session ${session.id}`,
				attachments: [expect.objectContaining({ type: 'application/pdf' })],
			}),
		]);
		const [{ name, content }] = mailServer.mails[0].attachments;
		expect(name).toMatch(/\.pdf$/);
		expect(content.subarray(0, 5).toString()).toBe('%PDF-');
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
		expect(mailServer.mails).toHaveLength(1);
	});
});

test('complete and decide: the app receives a decision, or the reason why there is none', async () => {
	const workflow = example('complete-and-decide');
	await publish(workflow);
	sandbox.simulator.settings.processingMs = 500;
	const { workflowSessions } = sandbox.simulator;
	const [clear] = workflowSessions.seed({ lastName: 'Hopper' });
	const [attention] = workflowSessions.seed({ lastName: 'attention' });
	const unknown = '5eb04fd3a2a3b4000806c8f1';
	const requestDecision = async (sessionId: string) => {
		const response = await fetch(`${sandbox.n8n.url}/webhook/complycube-decision`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ sessionId }),
		});
		return [response.status, await response.json()];
	};
	expect(await Promise.all([clear.id, attention.id, unknown].map(requestDecision))).toEqual([
		[200, { sessionId: clear.id, status: 'complete', outcome: 'clear', decision: 'accept' }],
		[
			200,
			{ sessionId: attention.id, status: 'complete', outcome: 'attention', decision: 'review' },
		],
		[
			502,
			{
				sessionId: unknown,
				decision: 'unknown',
				reason: expect.stringContaining(`'${unknown}'`),
			},
		],
	]);
	expect(workflowSessions.list().map(({ effects }) => effects.complete)).toEqual([1, 1]);
});

describe('daily review digest', () => {
	const run = async () => {
		const { id } = await sandbox.n8n.client.createWorkflow(example('daily-review-digest'));
		return await sandbox.n8n.client.runWorkflow(id, { triggerNode: 'Every Morning' });
	};

	it('is one mail with a table of the sessions since yesterday', async () => {
		const { workflowSessions } = sandbox.simulator;
		const twoDaysAgo = new Date(Date.now() - 2 * 24 * 60 * 60_000).toISOString();
		const done = { status: 'complete', lastName: 'attention' };
		const [one, other] = workflowSessions.seed({ ...done, entityName: 'A & <B>', count: 2 });
		workflowSessions.seed([
			{ ...done, createdAt: twoDaysAgo, updatedAt: twoDaysAgo },
			{ status: 'complete', lastName: 'Hopper' },
			{ status: 'started', lastName: 'attention' },
		]);
		expect((await run()).status).toBe('success');
		expect(mailServer.mails).toEqual([
			expect.objectContaining({ to: TEAM, subject: '2 verifications to review' }),
		]);
		const rows = mailServer.mails[0].html.match(/<tr><td>.*<\/tr>/g) ?? [];
		expect(rows.map((row) => row.match(/[0-9a-f]{24}/)?.[0]).sort()).toEqual(
			[one.id, other.id].sort(),
		);
		expect(rows[0]).toContain('<td>A &amp; &lt;B></td>');
		expect(rows[0]).toContain('<td>attention</td>');
	});

	it('is not sent if there are no such sessions', async () => {
		expect((await run()).status).toBe('success');
		expect(mailServer.mails).toEqual([]);
	});
});

test('AI assistant: the model reads data through its tools', async () => {
	const { clients, workflowSessions } = sandbox.simulator;
	const [client] = clients.seed({ email: 'grace@example.com' });
	const [session] = workflowSessions.seed({
		clientId: client.id,
		status: 'complete',
		lastName: 'attention',
	});
	const model = await startScriptedModel([
		{ tool: 'Find_Sessions', input: { outcome: 'attention' } },
		{ tool: 'Get_Session', input: { sessionId: session.id } },
		{ tool: 'Get_Client', input: { clientId: client.id } },
		'Grace needs attention.',
	]);
	try {
		const openAi = credentials.find(({ type }) => type === 'openAiApi')!;
		await sandbox.n8n.client.updateCredential(openAi, { apiKey: 'none', url: model.url });
		const { id } = await sandbox.n8n.client.createWorkflow(example('ai-assistant'));
		const execution = await sandbox.n8n.client.runWorkflow(id, {
			triggerNode: 'Chat',
			triggerItem: { action: 'sendMessage', sessionId: 'chat', chatInput: 'Who needs attention?' },
		});
		expect([execution.status, execution.error]).toEqual(['success', undefined]);
		expect(execution.data.Assistant[0][0].json.output).toBe('Grace needs attention.');
	} finally {
		await model.stop();
	}
	expect(sandbox.simulator.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
		expect.stringMatching(/^GET \/v1\/workflowSessions\b/),
		`GET /v1/workflowSessions/${session.id}`,
		`GET /v1/clients/${client.id}`,
	]);
	const [{ tools }] = model.requests;
	expect(
		Object.fromEntries(tools.map(({ function: { name, parameters } }) => [name, parameters])),
	).toEqual({
		Find_Sessions: expect.objectContaining({ required: ['outcome'] }),
		Get_Session: expect.objectContaining({ required: ['sessionId'] }),
		Get_Client: expect.objectContaining({ required: ['clientId'] }),
	});
	const results = model.requests.at(-1)!.messages.filter(({ role }) => role === 'tool');
	expect(results.map(({ content }) => JSON.parse(String(content)))).toEqual([
		[expect.objectContaining({ id: session.id, outcome: 'attention' })],
		[expect.objectContaining({ id: session.id, allRelatedChecks: expect.any(Array) })],
		[expect.objectContaining({ id: client.id, email: 'grace@example.com' })],
	]);
});
