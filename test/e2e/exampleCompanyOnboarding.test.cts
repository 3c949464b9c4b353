import { sendForm } from '../../sandbox/journey/onlineForm.cts';
import type { RegisteredCompany } from '../../simulator/lookups.cts';
import { ExampleRig } from './exampleRig.cts';

const NAME = 'company-onboarding';
const LOGIN = { user: 'team', password: 'sample-password' };
const COMPANY: RegisteredCompany = {
	...{ id: '67625f5f3131343535333701', name: 'SAMPLE TRADING LIMITED' },
	...{ registrationNumber: '00000001', incorporationCountry: 'GB', active: true },
	officers: [
		{ role: 'director', firstName: 'Sam', lastName: 'Sample', active: true },
		{ role: 'secretary', firstName: 'Robin', lastName: 'attention', active: true },
		{ role: 'director', firstName: 'Former', lastName: 'Sample', active: false },
	],
	owners: [
		{ role: 'shareholder', entityType: 'person', firstName: 'Sam', lastName: 'SAMPLE' },
		{ role: 'shareholder', entityType: 'company', entityName: 'SAMPLE HOLDING BV' },
	],
};
const ENTRIES = {
	...{ 'Company name': 'Sample', Country: 'gb', 'Registration number': ' 000 000 01 ' },
	'Contact email': 'office@sample.invalid',
};

let rig: ExampleRig;
beforeAll(async () => {
	rig = await ExampleRig.start(['httpBasicAuth', LOGIN]);
}, 900_000);
afterAll(async () => await rig?.stop());
beforeEach(() => register(COMPANY));
afterEach(async () => await rig.reset());

function register(...companies: RegisteredCompany[]): void {
	rig.sandbox.simulator.settings.registeredCompanies = companies;
}

const basic = ({ user, password }: typeof LOGIN) => ({
	authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
});

/** Fills in the form of the published example, and waits for the end. @returns The execution's status */
async function onboard(workflowId: string, entries: Record<string, string> = {}): Promise<string> {
	const before = (await rig.sandbox.listExecutions(workflowId)).length;
	const address = `${rig.sandbox.n8n.url}/form/company-onboarding`;
	await sendForm(address, { ...ENTRIES, ...entries }, basic(LOGIN));
	const executions = await rig.sandbox.waitForExecutions(workflowId, before + 1, 120_000);
	return executions.at(-1)!.status;
}

/** How often each of the requests that cost was made. */
function costs() {
	const requests = rig.requests();
	const count = (wanted: string) => requests.filter((request) => request === wanted).length;
	return { searches: count('POST /v1/lookup/companies'), checks: count('POST /v1/checks') };
}

const names = () =>
	rig.sandbox.simulator.clients
		.list()
		.map(({ entityName }) => entityName)
		.sort();

const EVERYONE = ['Robin attention', 'SAMPLE HOLDING BV', 'SAMPLE TRADING LIMITED', 'Sam Sample'];

it('screens the company, its owners and its officers in office, and mails a summary', async () => {
	const id = await rig.publish(rig.example(NAME));
	expect(await onboard(id)).toBe('success');
	const { clients, checks } = rig.sandbox.simulator;
	expect(names()).toEqual(EVERYONE);
	const byName = new Map(clients.list().map((client) => [client.entityName, client]));
	expect(byName.get('SAMPLE TRADING LIMITED')).toMatchObject({
		type: 'company',
		companyDetails: { registrationNumber: '00000001', incorporationCountry: 'GB' },
		metadata: { partyKey: 'GB 1', role: 'company', registerId: COMPANY.id },
	});
	expect(byName.get('Sam Sample')).toMatchObject({
		type: 'person',
		metadata: { partyKey: 'GB 1 / sam sample', role: 'director, shareholder' },
	});
	expect(
		checks
			.list()
			.map(({ entityName }) => entityName)
			.sort(),
	).toEqual(EVERYONE);
	const [mail] = await rig.waitForMails(1);
	expect(mail).toMatchObject({
		to: 'compliance@example.com',
		subject: 'Please look: SAMPLE TRADING LIMITED',
	});
	expect(mail.text).toContain('Robin attention (secretary): attention');
	expect(mail.text).toContain('SAMPLE HOLDING BV (shareholder): clear');
	for (const { id: clientId } of clients.list()) expect(mail.text).toContain(clientId);
});

it('makes and charges nothing twice when it runs again', async () => {
	const id = await rig.publish(rig.example(NAME));
	await onboard(id);
	register({ ...COMPANY, officers: [{ firstName: 'Nova', lastName: 'Sample', active: true }] });
	expect(await onboard(id, { 'Registration number': '1' })).toBe('success');
	// The register no longer has the director, only the owner, whose name it spells in capitals
	expect(names()).toEqual([...EVERYONE.slice(0, 3), 'Nova Sample', 'Sam SAMPLE'].sort());
	expect(costs()).toEqual({ searches: 1, checks: 5 });
	const [, mail] = await rig.waitForMails(2);
	expect(mail.text).toContain('Nova Sample (officer): clear');
	expect(mail.text).toContain('Sam SAMPLE (shareholder): clear');
});

it.each([
	['a screening is refused', { kind: 'reply', status: 422 } as const],
	['it is not known whether a screening was started', { kind: 'dropAfter' } as const],
])('goes on where it stopped if %s', async (_what, fault) => {
	const id = await rig.publish(rig.example(NAME));
	const { faults } = rig.sandbox.simulator;
	faults.add({ ...fault, method: 'POST', path: '/checks', every: 3 });
	expect(await onboard(id)).toBe('error');
	faults.clear();
	expect(await onboard(id)).toBe('success');
	expect(names()).toEqual(EVERYONE);
	const { checks } = rig.sandbox.simulator;
	expect(new Set(checks.list().map(({ clientId }) => clientId)).size).toBe(4);
	expect(checks.list()).toHaveLength(4);
	expect(costs().searches).toBe(1);
});

it('screens anew whose screening failed, and says what it does not know yet', async () => {
	const id = await rig.publish(rig.example(NAME));
	await onboard(id);
	const { checks, faults } = rig.sandbox.simulator;
	const [{ id: failed, clientId }] = checks.list();
	checks.change(failed, { status: 'failed' });
	faults.add({ kind: 'reply', method: 'GET', path: '/checks/*', status: 403 });
	expect(await onboard(id)).toBe('success');
	expect(costs().checks).toBe(5);
	expect(checks.list().filter((check) => check.clientId === clientId)).toHaveLength(2);
	const [, mail] = await rig.waitForMails(2);
	expect(mail.subject).toBe('Please look: SAMPLE TRADING LIMITED');
	expect(mail.text).toContain('not known yet');
});

it('takes no earlier outcome for that of the newest screening, which it does not know yet', async () => {
	register({ ...COMPANY, owners: [], officers: undefined });
	const id = await rig.publish(rig.example(NAME));
	await onboard(id);
	const { checks, faults } = rig.sandbox.simulator;
	const [{ clientId, type }] = checks.list();
	const [newest] = checks.seed({ clientId, type, status: 'pending', result: undefined });
	faults.add({ kind: 'reply', method: 'GET', path: `/checks/${newest.id}`, status: 403 });
	expect(await onboard(id)).toBe('success');
	expect(costs().checks).toBe(1);
	const [, mail] = await rig.waitForMails(2);
	expect(mail.subject).toBe('Please look: SAMPLE TRADING LIMITED');
	expect(mail.text).toContain('SAMPLE TRADING LIMITED (company): not known yet');
});

it('says who cannot be screened for want of a whole name', async () => {
	register({ ...COMPANY, owners: [{ entityType: 'person', lastName: 'Sample' }], officers: [] });
	const id = await rig.publish(rig.example(NAME));
	expect(await onboard(id)).toBe('success');
	expect(names()).toEqual(['SAMPLE TRADING LIMITED']);
	const [mail] = await rig.waitForMails(1);
	expect(mail.subject).toMatch(/^Please look/);
	expect(mail.text).toMatch(/NOT screened, .*: Sample \(owner\)/);
});

it('says that all is clear', async () => {
	register({ ...COMPANY, owners: [], officers: undefined });
	const id = await rig.publish(rig.example(NAME));
	await onboard(id);
	const [mail] = await rig.waitForMails(1);
	expect(mail.subject).toBe('All clear: SAMPLE TRADING LIMITED');
});

it.each([
	['none has the number', [COMPANY], { 'Registration number': '99' }, 'no company', 1],
	['nothing is found', [], {}, 'no company', 1],
	['several have the number', [COMPANY, { ...COMPANY, id: 'b' }], {}, 'several companies', 1],
	['the number is blank', [COMPANY], { 'Registration number': ' - ' }, 'Not everything', 0],
	['the country is no code', [COMPANY], { Country: 'Britain' }, 'Not everything', 0],
])('stops with a clear message if %s', async (_what, companies, entries, reason, searches) => {
	register(...(companies as RegisteredCompany[]));
	const id = await rig.publish(rig.example(NAME));
	expect(await onboard(id, entries as Record<string, string>)).toBe('error');
	const [mail] = await rig.waitForMails(1);
	expect(mail.subject).toBe('Not onboarded: Sample');
	expect(mail.text).toContain(reason);
	const [{ id: executionId }] = await rig.sandbox.n8n.client.listExecutions(id);
	const { error } = await rig.sandbox.n8n.client.getExecution(executionId);
	expect(error?.message).toContain(reason);
	expect([names(), costs()]).toEqual([[], { searches, checks: 0 }]);
});

it('shows the form to nobody without the password', async () => {
	await rig.publish(rig.example(NAME));
	const address = `${rig.sandbox.n8n.url}/form/company-onboarding`;
	const statuses = await Promise.all([
		fetch(address),
		fetch(address, { headers: basic({ ...LOGIN, password: 'a guess' }) }),
		fetch(address, { method: 'POST', body: new FormData() }),
	]);
	expect(statuses.every(({ status }) => status === 401 || status === 403)).toBe(true);
	expect(rig.requests()).toEqual([]);
});

it('can be clicked through on its pinned data without a credential', async () => {
	const { status, data } = await rig.clickThrough(NAME, 'When the form is sent');
	expect(status).toBe('success');
	expect(data['Word the summary'][0][0].json.lines).toEqual([
		expect.objectContaining({ role: 'company', outcome: 'clear' }),
		expect.objectContaining({ role: 'director, shareholder', outcome: 'attention' }),
	]);
	expect(rig.requests()).toEqual([]);
});
