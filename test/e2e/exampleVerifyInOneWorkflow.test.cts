/** The example "verify in one workflow", which waits for an applicant for days: in the real n8n, and over its restarts. */
import { playApplicant } from '../../sandbox/journey/applicant.cts';
import type { Mail } from '../../sandbox/journey/mailServer.cts';
import { sendForm } from '../../sandbox/journey/onlineForm.cts';
import type { Workflow } from '../../sandbox/n8n/workflow.cts';
import { waitFor } from '../../sandbox/process/waitFor.cts';
import type { Sandbox } from '../../sandbox/rig/sandbox.cts';
import { printFigure } from '../printFigure.cts';
import { byGeneration, itOnce } from './byGeneration.cts';
import { ExampleRig } from './exampleRig.cts';

const EXAMPLE = 'verify-in-one-workflow';
const APPLICANT = { 'First name': 'Grace', 'Last name': 'Hopper', Email: 'grace@example.com' };
const TEAM = 'compliance@example.com';
const DAY_MS = 24 * 60 * 60_000;

/** In days, as the example's settings count. */
const SECOND = 1 / (24 * 60 * 60);

type Buttons = Parameters<typeof playApplicant>[1];

let rig: ExampleRig;
let sandbox: Sandbox;
let mails: Mail[];
beforeAll(async () => {
	rig = await ExampleRig.start();
	({ sandbox, mails } = rig);
}, 900_000);
afterAll(async () => await rig?.stop());
afterEach(async () => await rig.reset());

const nodeOf = ({ nodes }: Workflow, nodeName: string) =>
	nodes.find(({ name }) => name === nodeName)!;

/** The example with other days than the user is given, and a shorter look at an outcome than a minute. */
function withDays(days: { remindAfterDays?: number; cancelAfterDays?: number }): Workflow {
	const workflow = rig.example(EXAMPLE, days);
	(nodeOf(workflow, 'Get outcome').parameters.options as { maxWait: number }).maxWait = 0.05;
	return workflow;
}

/** Publishes the example, and fills in its form. */
async function apply(workflow: Workflow, applicant = APPLICANT) {
	const id = await sandbox.n8n.client.publish(workflow);
	const form = `${sandbox.n8n.url}/form/${String(nodeOf(workflow, 'Application').webhookId)}`;
	expect(JSON.parse(await sendForm(form, applicant))).toEqual({ status: 200 });
	await waitUntil(id, 'waiting');
	const [flowSession] = sandbox.simulator.flowSessions.list();
	return { id, form, flowSession };
}

/** Waits until the only execution of the workflow has a status, and reads it. */
async function waitUntil(workflowId: string, status: string) {
	const read = async () =>
		(await sandbox.n8n.query(
			'SELECT id, status, startedAt, waitTill FROM execution_entity WHERE workflowId = ?',
			workflowId,
		)) as unknown as Array<{ id: number; status: string; startedAt: string; waitTill: string }>;
	await waitFor(async () => (await read())[0]?.status === status, 150_000);
	const rows = await read();
	expect(rows).toEqual([expect.objectContaining({ status })]);
	return rows[0];
}

/** Follows the link that ComplyCube sends the browser to at the end, as a browser does. */
const comeBack = async (address: string) => await fetch(address, { redirect: 'manual' });

const subjects = () => mails.map(({ to, subject }) => [to, subject]);
const LINK = [APPLICANT.Email, 'Please verify your identity'];
const WELCOME = [APPLICANT.Email, 'Your account is open'];
const REMINDER = [APPLICANT.Email, 'Your verification is waiting for you'];
const NO_OUTCOME = [TEAM, expect.stringMatching(/^No outcome after /)];

/** Waits until the workflow has looked for the session a number of times. */
async function waitForLooks(count: number): Promise<void> {
	const looks = () =>
		sandbox.simulator.requests.filter(({ path }) => /\/workflowSessions(\?|$)/.test(path));
	await waitFor(() => looks().length >= count, 90_000);
	expect(looks()).toHaveLength(count);
}

const posts = () =>
	sandbox.simulator.requests
		.filter(({ method }) => method === 'POST')
		.map(({ path }) => path.replace(/[0-9a-f]{24}/, ':id'));

it('goes on with the applicant who comes back after a restart of n8n', async () => {
	const { id, form, flowSession } = await apply(rig.example(EXAMPLE));
	// What the form shows once it is sent is in its page
	expect(await (await fetch(form)).text()).toContain(
		'Thank you. Look into your mail: there is a link to verify your identity.',
	);
	expect(subjects()).toEqual([LINK]);
	expect(mails[0].text).toContain(flowSession.redirectUrl);
	expect(flowSession.successUrl).toBe(flowSession.cancelUrl);
	const waiting = await waitUntil(id, 'waiting');
	const signature = byGeneration({ 'n8n 1': '', 'n8n 2': '\\?signature=\\w+' });
	expect(flowSession.successUrl).toMatch(
		new RegExp(`^${sandbox.n8n.url}/webhook-waiting/${waiting.id}${signature}$`),
	);
	const waitsFor = Date.parse(`${waiting.waitTill}Z`) - Date.now();
	expect(waitsFor / DAY_MS).toBeCloseTo(2, 2);

	const stopsAt = Date.now();
	await sandbox.n8n.restart({}, async () => {
		// The applicant does it while n8n is down
		expect(await playApplicant(flowSession.redirectUrl)).toBe(flowSession.successUrl);
	});
	const downFor = Date.now() - stopsAt;
	await waitUntil(id, 'waiting');
	const backAt = Date.now();
	const response = await comeBack(flowSession.successUrl);
	const shown = Date.now() - backAt;
	expect(response.status).toBe(200);
	expect(response.headers.get('content-type')).toContain('text/html');
	expect(await response.text()).toContain(
		'<meta http-equiv="refresh" content="0; url=https://www.example.com/thank-you">',
	);
	await waitUntil(id, 'success');
	await waitFor(() => mails.length > 1);
	expect(subjects()).toEqual([LINK, WELCOME]);
	expect(posts()).toEqual(['/v1/clients', '/v1/flow/sessions']);
	printFigure(
		`verify in one workflow: waits until ${waiting.waitTill} UTC, restart of n8n ${downFor} ms, ` +
			`the applicant's page after ${shown} ms, welcomed ${Date.now() - backAt} ms after coming back`,
	);
});

it('reminds an applicant who never comes once, and tells the team on the last day', async () => {
	const { id, flowSession } = await apply(
		withDays({ remindAfterDays: 5 * SECOND, cancelAfterDays: 100 * SECOND }),
	);
	await waitFor(() => mails.length > 1, 90_000);
	expect(subjects()).toEqual([LINK, REMINDER]);
	expect(mails[1].text).toContain(flowSession.redirectUrl);
	await waitUntil(id, 'success');
	expect(subjects()).toEqual([LINK, REMINDER, NO_OUTCOME]);
	expect(mails[2].text).toContain('Session: none\n\nThe link was not used.');
	expect(posts()).toEqual(['/v1/clients', '/v1/flow/sessions']);
});

it('cancels on the last day what the applicant has begun, also if n8n was restarted', async () => {
	const { id, flowSession } = await apply(withDays({ cancelAfterDays: 100 * SECOND }));
	await sandbox.n8n.restart(
		{},
		async () => await playApplicant(flowSession.redirectUrl, ['start']),
	);
	await waitUntil(id, 'success');
	const [session] = sandbox.simulator.workflowSessions.list();
	expect([session.status, session.effects.cancel]).toEqual(['cancelled', 1]);
	expect(subjects()).toEqual([LINK, NO_OUTCOME]);
	expect(mails[1].text).toContain(
		`Session: ${session.id}\n\nThe verification was begun, but not finished. It is cancelled now.`,
	);
	expect(posts()).toEqual(['/v1/clients', '/v1/flow/sessions', '/v1/workflowSessions/:id/cancel']);
});

itOnce(
	'tells the team on the last day, even if neither the reminder nor the cancellation went through',
	async () => {
		const workflow = withDays({ remindAfterDays: 5 * SECOND, cancelAfterDays: 100 * SECOND });
		nodeOf(workflow, 'Send reminder').parameters.toEmail = "={{ '' }}";
		sandbox.simulator.faults.add({
			kind: 'reply',
			status: 403,
			path: '/workflowSessions/*/cancel',
		});
		const { id, flowSession } = await apply(workflow);
		await playApplicant(flowSession.redirectUrl, ['start']);
		await waitUntil(id, 'success');
		const [session] = sandbox.simulator.workflowSessions.list();
		expect([session.status, session.effects.cancel]).toEqual(['started', 0]);
		expect(subjects()).toEqual([LINK, NO_OUTCOME]);
		expect(mails[1].text).toContain(
			`Session: ${session.id}\n\nThe verification was begun, but not finished. It could not be cancelled: `,
		);
	},
);

it('waits again for an applicant who turns back, before the start and after it', async () => {
	sandbox.simulator.settings.applicantCancel = 'leavesStarted';
	const { id, flowSession } = await apply(withDays({}));
	const turnBack = async (looks: number, buttons: Buttons) => {
		await comeBack(await playApplicant(flowSession.redirectUrl, buttons));
		await waitForLooks(looks);
		await waitUntil(id, 'waiting');
	};
	await turnBack(1, ['cancel']);
	await turnBack(2, ['start', 'cancel']);
	expect(subjects()).toEqual([LINK]);
	await comeBack(await playApplicant(flowSession.redirectUrl, ['finish']));
	await waitUntil(id, 'success');
	expect(subjects()).toEqual([LINK, WELCOME]);
});

it('looks again in 15 minutes while checks are running, or ComplyCube cannot be reached', async () => {
	const { settings, faults } = sandbox.simulator;
	settings.processingMs = DAY_MS;
	const { id, flowSession } = await apply(withDays({ remindAfterDays: 60 * SECOND }));
	const goOnLater = async (looks: number) => {
		await waitForLooks(looks);
		const { waitTill } = await waitUntil(id, 'waiting');
		expect((Date.parse(`${waitTill}Z`) - Date.now()) / 60_000).toBeCloseTo(15, 0);
		await sandbox.n8n.query(
			'UPDATE execution_entity SET waitTill = startedAt WHERE workflowId = ?',
			id,
		);
	};
	await comeBack(await playApplicant(flowSession.redirectUrl));
	await goOnLater(1);
	const outage = faults.add({ kind: 'reply', status: 403, path: '/workflowSessions' });
	await goOnLater(2);
	expect(outage.applied).toBe(1);
	faults.clear();
	settings.processingMs = 0;
	await waitUntil(id, 'success');
	expect(subjects()).toEqual([LINK, WELCOME]);
});

it('is retried where it was, without a second mail, if n8n crashes while it looks', async () => {
	sandbox.simulator.settings.processingMs = DAY_MS;
	const { id, flowSession } = await apply(rig.example(EXAMPLE));
	await comeBack(await playApplicant(flowSession.redirectUrl));
	await waitForLooks(1);
	await waitFor(() =>
		sandbox.simulator.requests.at(-1)?.path.match(/workflowSessions\/[0-9a-f]+$/),
	);
	await sandbox.n8n.kill();
	sandbox.simulator.settings.processingMs = 0;
	await sandbox.n8n.restart();
	const crashed = await waitUntil(id, 'crashed');
	await sandbox.n8n.client.retryExecution(String(crashed.id), false);
	const [, retry] = await sandbox.waitForExecutions(id, 2);
	expect(retry.status).toBe('success');
	expect(subjects()).toEqual([LINK, WELCOME]);
	expect(posts()).toEqual(['/v1/clients', '/v1/flow/sessions']);
});

it('tells the team of any outcome but clear, and of an applicant who gives up', async () => {
	const { id, flowSession } = await apply(withDays({}), { ...APPLICANT, 'Last name': 'attention' });
	await comeBack(await playApplicant(flowSession.redirectUrl));
	await waitUntil(id, 'success');
	expect(subjects()).toEqual([LINK, [TEAM, 'Verification needs attention: attention']]);
	await sandbox.unpublishAll();

	sandbox.simulator.reset();
	const other = await apply(withDays({}));
	await comeBack(await playApplicant(other.flowSession.redirectUrl, ['start', 'cancel']));
	await waitUntil(other.id, 'success');
	expect(subjects().at(-1)).toEqual([TEAM, 'Verification needs attention: cancelled']);
});

it('is resumed by nobody who does not know the whole link, and by nobody twice', async () => {
	const { id, flowSession } = await apply(withDays({}));
	const guessed = flowSession.successUrl.replace(/\?.*/, '');
	// n8n 1 signs no links: whoever guesses one makes the workflow look, and wait again
	expect((await comeBack(guessed)).status).toBe(byGeneration({ 'n8n 1': 200, 'n8n 2': 401 }));
	await waitForLooks(byGeneration({ 'n8n 1': 1, 'n8n 2': 0 }));
	await waitUntil(id, 'waiting');
	await comeBack(await playApplicant(flowSession.redirectUrl));
	await waitUntil(id, 'success');
	expect((await comeBack(flowSession.successUrl)).status).toBe(409);
	await waitUntil(id, 'success');
	expect(subjects()).toEqual([LINK, WELCOME]);
});

it('can be clicked through with its sample data, without a credential', async () => {
	const { status, data } = await rig.clickThrough(EXAMPLE, 'Application');
	expect(status).toBe('success');
	expect(data).toHaveProperty('Welcome applicant');
	expect([sandbox.simulator.requests, mails]).toEqual([[], []]);
});
