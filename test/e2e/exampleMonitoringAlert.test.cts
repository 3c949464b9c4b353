import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

import { ExampleRig } from './exampleRig.cts';

const NAME = 'monitoring-alert';
const MATCHES = [
	'67a1b2c3d4e5f60718293a01',
	'67a1b2c3d4e5f60718293a02',
	'67a1b2c3d4e5f60718293a03',
];
const SETTINGS = { jiraProject: '10000', jiraIssueType: '10001' };

/** What Jira was asked for: method, path and body. */
interface JiraRequest {
	request: string;
	fields: { project: unknown; issuetype: unknown; summary: string; description: string };
}

let rig: ExampleRig;
let jira: Server;
let jiraStatus: number;
const cases: JiraRequest[] = [];
beforeAll(async () => {
	jira = createServer((request, response) => {
		const answer = (status: number, body: object) => {
			response.writeHead(status, { 'content-type': 'application/json' });
			response.end(JSON.stringify(body));
		};
		void text(request).then((body) => {
			if (jiraStatus !== 201) return answer(jiraStatus, {});
			// The node first asks for the types of issues
			if (request.method === 'GET') return answer(200, [{ id: '10001', subtask: false }]);
			const { fields } = JSON.parse(body) as JiraRequest;
			cases.push({ request: `${request.method} ${request.url}`, fields });
			answer(201, { id: '1', key: `KYC-${cases.length}` });
		});
	});
	await new Promise<void>((resolve) => jira.listen(0, '127.0.0.1', resolve));
	const domain = `http://127.0.0.1:${(jira.address() as AddressInfo).port}`;
	rig = await ExampleRig.start([
		'jiraSoftwareCloudApi',
		{ email: 'team@sample.invalid', apiToken: 'sample-token', domain },
	]);
}, 900_000);
afterAll(async () => {
	await rig?.stop();
	jira?.close();
});
beforeEach(() => {
	jiraStatus = 201;
	cases.length = 0;
});
afterEach(async () => await rig.reset());

const resultOf = (matches: string[]) => ({
	outcome: 'attention',
	breakdown: { matches: matches.map((id) => ({ id, entityName: 'Sam Sample' })) },
});

function seedCheck(matches: string[], client = {}) {
	const { clients, checks } = rig.sandbox.simulator;
	const [{ id: clientId }] = clients.seed({
		externalId: 'customer-4711',
		email: 'sam@sample.invalid',
		personDetails: { firstName: 'Sam', lastName: 'Sample' },
		...client,
	});
	const [check] = checks.seed({
		...{ clientId, entityName: 'Sam Sample', enableMonitoring: true },
		result: resultOf(matches),
	});
	return { clientId, checkId: check.id };
}

/** Lets monitoring report the check, and waits for the mail that follows. */
async function alert({ clientId, checkId }: { clientId: string; checkId: string }) {
	const before = rig.mails.length;
	const payload = { id: checkId, clientId, status: 'complete', outcome: 'attention' };
	rig.sandbox.simulator.deliveries.emit({
		type: 'check.monitoring.attention',
		resourceType: 'check',
		payload,
	});
	return (await rig.waitForMails(before + 1))[before];
}

it('opens a case that says what changed, by IDs only', async () => {
	await rig.publish(rig.example(NAME, SETTINGS));
	const { clientId, checkId } = seedCheck(MATCHES.slice(0, 2));
	const mail = await alert({ clientId, checkId });
	expect(cases).toEqual([
		{
			request: 'POST /rest/api/2/issue',
			fields: {
				...{ project: { id: '10000' }, issuetype: { id: '10001' } },
				summary: `Monitoring: 2 new of 2 matches for client ${clientId}`,
				description: expect.stringContaining(
					`- new match ${MATCHES[0]}\n- new match ${MATCHES[1]}`,
				),
			},
		},
	]);
	const { description } = cases[0].fields;
	expect(description).toContain(`Check: ${checkId} (extensive_screening_check)`);
	expect(description).toContain(`Client: ${clientId}, in your system: customer-4711`);
	expect(description).toContain('https://portal.complycube.com');
	expect(description).not.toMatch(/Not everything could be read/);
	expect(mail.subject).toBe(`KYC-1: ${cases[0].fields.summary}`);
	expect(JSON.stringify([cases, rig.mails])).not.toMatch(/Sample(?!\.)|sam@sample/);
});

it('names only what is new the next time, also after a restart of n8n', async () => {
	await rig.publish(rig.example(NAME, SETTINGS));
	const ids = seedCheck(MATCHES.slice(0, 2));
	await alert(ids);
	await rig.sandbox.n8n.restart();
	rig.sandbox.simulator.checks.change(ids.checkId, { result: resultOf(MATCHES) });
	await alert(ids);
	expect(cases[1].fields.summary).toBe(`Monitoring: 1 new of 3 matches for client ${ids.clientId}`);
	expect(cases[1].fields.description).toContain(`- new match ${MATCHES[2]}\n`);
	expect(cases[1].fields.description).not.toContain(MATCHES[0]);
	await alert(ids);
	expect(cases[2].fields.description).toContain('What changed: no new match');
});

it('opens one case for an event that comes twice', async () => {
	const id = await rig.publish(rig.example(NAME, SETTINGS));
	await alert(seedCheck(MATCHES));
	const { deliveries } = rig.sandbox.simulator;
	deliveries.redeliver(deliveries.list()[0].id);
	await deliveries.settled();
	await rig.sandbox.waitForExecutions(id, 1);
	expect([cases.length, rig.mails.length]).toEqual([1, 1]);
});

it('mails the case itself if Jira does not take it', async () => {
	jiraStatus = 500;
	const id = await rig.publish(rig.example(NAME, SETTINGS));
	const { clientId, checkId } = seedCheck(MATCHES);
	const mail = await alert({ clientId, checkId });
	expect(mail.subject).toBe(
		`No case in Jira: Monitoring: 3 new of 3 matches for client ${clientId}`,
	);
	expect(mail.text).toContain(`Check: ${checkId}`);
	const [{ status }] = await rig.sandbox.waitForExecutions(id, 1);
	expect(status).toBe('success');
});

it('opens a case also for a client who was deleted meanwhile', async () => {
	await rig.publish(rig.example(NAME, SETTINGS));
	const { clientId, checkId } = seedCheck(MATCHES);
	rig.sandbox.simulator.clients.remove(clientId);
	await alert({ clientId, checkId });
	expect(cases[0].fields.summary).toContain('3 new of 3 matches');
	expect(cases[0].fields.description).toContain(`Client: ${clientId}\n`);
	expect(cases[0].fields.description).toContain('Not everything could be read');
});

it('opens a case also if the check cannot be read', async () => {
	await rig.publish(rig.example(NAME, SETTINGS));
	const ids = seedCheck(MATCHES);
	rig.sandbox.simulator.faults.add({ kind: 'reply', path: '/checks/*', status: 403 });
	await alert(ids);
	expect(cases[0].fields.description).toContain(`Check: ${ids.checkId} (unknown type)`);
	expect(cases[0].fields.description).toContain(`Client: ${ids.clientId}`);
	expect(cases[0].fields.description).toContain('Not everything could be read');
});

it('can be clicked through on its pinned data without a credential', async () => {
	const { status, data } = await rig.clickThrough(NAME, 'When monitoring alerts');
	expect([status, data['Word the case'][0][0].json.title]).toEqual([
		'success',
		expect.stringMatching(/^Monitoring: 2 new of 2 matches/),
	]);
	expect(rig.requests()).toEqual([]);
});
