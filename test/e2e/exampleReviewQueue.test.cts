import { sendForm } from '../../sandbox/journey/onlineForm.cts';
import { waitFor } from '../../sandbox/process/waitFor.cts';
import { ExampleRig } from './exampleRig.cts';

const NAME = 'review-queue';
const CONFIRM = 'The same person or company: confirm';
const REJECT = 'Somebody else: reject';
const LATER = 'Leave for later';

let rig: ExampleRig;
beforeAll(async () => {
	rig = await ExampleRig.start();
}, 900_000);
afterAll(async () => await rig?.stop());
afterEach(async () => await rig.reset());

/** Publishes the example and completes a screening. @returns What there is, and the first mail that follows */
async function receiveCheck(names: string[], type = 'extensive_screening_check', settings = {}) {
	const id = await rig.publish(rig.example(NAME, settings));
	const { clients, checks } = rig.sandbox.simulator;
	const [client] = clients.seed({ personDetails: { firstName: 'Sam', lastName: 'Sample' } });
	const matches = names.map((entityName, index) => ({
		id: `67a1b2c3d4e5f60718293a0${index}`,
		entityName,
	}));
	const [check] = checks.seed({
		...{ clientId: client.id, entityName: 'Sam Sample', type, status: 'pending' },
		result: { outcome: 'attention', breakdown: { matches } },
	});
	checks.change(check.id, { status: 'complete' });
	const [mail] = await rig.waitForMails(1);
	// The mail may be there before the execution waits for its answer
	await waitFor(async () => {
		const [execution] = await rig.sandbox.listExecutions(id);
		return execution.status !== 'running';
	}, 30_000);
	return { id, client, check, matches, mail };
}

const linkIn = (html: string) => /href="([^"]+)"/.exec(html)![1].replaceAll('&amp;', '&');

/** What the reviewer enters, from pairs of decision and reason. */
const entries = (...decisions: Array<[string, string]>) => ({
	'Your name': 'Robin Reviewer',
	...Object.fromEntries(
		decisions.flatMap(([decision, reason], index) => {
			const title = `Match ${index + 1} of ${decisions.length}`;
			return [
				[`${title}: decision`, decision],
				[`${title}: reason`, reason],
			];
		}),
	),
});

/** The bodies of all validations that ComplyCube was sent, in the order of the matches. */
const validations = () =>
	rig.sandbox.simulator.requests
		.filter(({ path }) => path.endsWith('/validate'))
		.map(({ body }) => body as { matchId: string })
		.sort((one, other) => one.matchId.localeCompare(other.matchId));

const outcomeOf = (checkId: string) =>
	rig.sandbox.simulator.checks.list().find(({ id }) => id === checkId)?.result?.outcome;

it('validates each match as a person decides, with the reason as the comment', async () => {
	const { id, check, matches, mail } = await receiveCheck(['Sam Sampel', '$& <b>Sample</b> & Co']);
	expect(mail).toMatchObject({ to: 'reviewer@example.com' });
	expect(mail.html).toContain(check.id);
	expect(JSON.stringify(mail)).not.toMatch(/Sam Samp|Sample</);
	expect(validations()).toEqual([]);
	const link = linkIn(mail.html);
	const page = await (await fetch(link)).text();
	expect(page).toContain('Client: Sam Sample');
	expect(page).toContain('Sam Sampel');
	expect(page).toContain('$&amp; &lt;b&gt;Sample&lt;/b&gt; &amp; Co');
	await sendForm(link, entries([REJECT, 'Another date of birth'], [REJECT, 'Another country']));
	const [, report] = await rig.waitForMails(2);
	expect(validations()).toEqual([
		{
			...{ matchId: matches[0].id, outcome: 'rejected' },
			comment: 'Another date of birth (Robin Reviewer)',
		},
		{
			...{ matchId: matches[1].id, outcome: 'rejected' },
			comment: 'Another country (Robin Reviewer)',
		},
	]);
	expect(outcomeOf(check.id)).toBe('clear');
	expect(report.subject).toBe(`Matches decided: 2 of 2, check ${check.id}`);
	expect(report.text).toContain(`Match 1 of 2 (${matches[0].id}): rejected\nMatch 2 of 2`);
	expect(report.text).toContain('Decided by: Robin Reviewer');
	const executions = await rig.sandbox.waitForExecutions(id, 1);
	expect(executions.map(({ status }) => status)).toEqual(['success']);
});

it('waits over a restart of n8n, and leaves for later what the person leaves', async () => {
	const { check, matches, mail } = await receiveCheck(['Sam Sampel', 'Sam Sampler', 'Sam Samp']);
	await rig.sandbox.n8n.restart();
	await sendForm(
		linkIn(mail.html),
		entries([CONFIRM, 'Same passport'], [LATER, 'The registry has to answer'], [REJECT, '  ']),
	);
	const [, report] = await rig.waitForMails(2);
	expect(validations()).toEqual([
		expect.objectContaining({ matchId: matches[0].id, outcome: 'confirmed' }),
	]);
	expect(outcomeOf(check.id)).toBe('match_confirmed');
	expect(report.subject).toMatch(/^Matches decided: 1 of 3,/);
	expect(report.text).toContain(`Match 2 of 3 (${matches[1].id}): left for later`);
	// A decision without a reason is none
	expect(report.text).toContain(`Match 3 of 3 (${matches[2].id}): left for later`);
});

it('validates nothing if nobody answers in time, and tells the team', async () => {
	// Six seconds; n8n looks after executions that wait once a minute
	const settings = { daysToDecide: 0.00007 };
	const { id, check, mail } = await receiveCheck(['Sam Sampel'], undefined, settings);
	const [, notice] = await rig.waitForMails(2, 150_000);
	expect(notice).toMatchObject({
		to: 'compliance@example.com',
		subject: `Not reviewed in time: check ${check.id}`,
		text: expect.stringContaining('left for review'),
	});
	await rig.sandbox.waitForExecutions(id, 1);
	const late = sendForm(linkIn(mail.html), entries([CONFIRM, 'Too late']));
	await expect(late).rejects.toThrow('The form has no field');
	expect(validations()).toEqual([]);
	expect(outcomeOf(check.id)).toBe('attention');
});

it('does not use the answer if the check was decided elsewhere meanwhile', async () => {
	const { check, mail } = await receiveCheck(['Sam Sampel']);
	const { breakdown } = check.result!;
	rig.sandbox.simulator.checks.change(check.id, { result: { outcome: 'clear', breakdown } });
	await sendForm(linkIn(mail.html), entries([CONFIRM, 'Same passport']));
	const [, notice] = await rig.waitForMails(2);
	expect(notice.subject).toBe(`Decided elsewhere meanwhile: check ${check.id}`);
	expect(notice.text).toContain('had become clear');
	expect(validations()).toEqual([]);
});

it('asks nobody about a check that was decided by the time it is read', async () => {
	const id = await rig.publish(rig.example(NAME));
	const { checks, deliveries } = rig.sandbox.simulator;
	const [check] = checks.seed({ lastName: 'Sample' });
	const payload = { id: check.id, clientId: check.clientId, outcome: 'attention' };
	deliveries.emit({ type: 'check.completed.attention', resourceType: 'check', payload });
	const executions = await rig.sandbox.waitForExecutions(id, 1);
	expect(executions.map(({ status }) => status)).toEqual(['success']);
	expect(rig.mails).toEqual([]);
});

it.each(['not_processed', 'not_known_today', undefined])(
	'hands a check with the outcome %s to the team',
	async (outcome) => {
		const id = await rig.publish(rig.example(NAME));
		const { checks, deliveries } = rig.sandbox.simulator;
		const [check] = checks.seed({ lastName: 'Sample' });
		checks.change(check.id, { result: outcome && { outcome } });
		const payload = { id: check.id, clientId: check.clientId, outcome: 'attention' };
		deliveries.emit({ type: 'check.completed.attention', resourceType: 'check', payload });
		await rig.sandbox.waitForExecutions(id, 1);
		expect(rig.mails).toEqual([
			expect.objectContaining({ subject: `Please review in the Web Portal: check ${check.id}` }),
		]);
	},
);

it('says that an answer was not used if the check cannot be read again', async () => {
	const { id, check, mail } = await receiveCheck(['Sam Sampel']);
	const { faults } = rig.sandbox.simulator;
	faults.add({ kind: 'reply', method: 'GET', path: '/checks/*', status: 403 });
	await sendForm(linkIn(mail.html), entries([CONFIRM, 'Same passport']));
	const [, notice] = await rig.waitForMails(2);
	expect(notice.subject).toBe(`Please review in the Web Portal: check ${check.id}`);
	const [execution] = await rig.sandbox.listExecutions(id);
	expect(notice.text).toContain(
		`A reviewer answered, but nothing was validated; the answer is in execution ${execution.id} of n8n.`,
	);
	expect(notice.text).not.toContain('cannot ask a reviewer');
	expect(validations()).toEqual([]);
});

it('hands a check that is no screening to the team', async () => {
	const { check, mail } = await receiveCheck([], 'document_check');
	expect(mail).toMatchObject({
		to: 'compliance@example.com',
		subject: `Please review in the Web Portal: check ${check.id}`,
	});
});

it('hands a check that cannot be read to the team', async () => {
	rig.sandbox.simulator.faults.add({
		kind: 'reply',
		method: 'GET',
		path: '/checks/*',
		status: 403,
	});
	const { check, mail } = await receiveCheck(['Sam Sampel']);
	expect(mail.subject).toBe(`Please review in the Web Portal: check ${check.id}`);
	expect(mail.text).toContain('Reason: ');
});

it('reports a decision that ComplyCube does not take, and sends none twice', async () => {
	const { id, matches, mail } = await receiveCheck(['Sam Sampel', 'Sam Sampler']);
	const { faults } = rig.sandbox.simulator;
	faults.add({ kind: 'reply', path: '/checks/*/validate', mentions: matches[1].id, status: 400 });
	await sendForm(linkIn(mail.html), entries([REJECT, 'One'], [REJECT, 'Two']));
	const [, report] = await rig.waitForMails(2);
	expect(report.subject).toMatch(/^Matches decided: 1 of 2,/);
	expect(report.text).toContain(`Match 2 of 2 (${matches[1].id}): NOT VALIDATED: `);
	await rig.sandbox.waitForExecutions(id, 1);
	const again = entries([REJECT, 'A'], [REJECT, 'B']);
	await expect(sendForm(linkIn(mail.html), again)).rejects.toThrow('The form has no field');
	expect(validations()).toHaveLength(2);
});

it('can be clicked through on its pinned data without a credential', async () => {
	const { status, data } = await rig.clickThrough(NAME, 'When a check needs attention');
	expect(status).toBe('success');
	const [{ json }] = data['Put results into one list'][0];
	expect((json.results as Array<{ result: string }>).map(({ result }) => result).sort()).toEqual([
		'left for later',
		'rejected',
	]);
	expect(rig.requests()).toEqual([]);
});
