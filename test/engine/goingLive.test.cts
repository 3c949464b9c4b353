import { randomUUID } from 'node:crypto';
import type { Mode } from '../../simulator/resource.cts';
import { N8n, type StoredWorkflow } from './triggerCalls.cts';

let n8n: N8n;
beforeAll(async () => {
	n8n = await N8n.start();
	// Full jitter at its shortest
	jest.spyOn(Math, 'random').mockReturnValue(0);
});
beforeEach(() => n8n.reset());
afterAll(async () => await n8n.close());

const COMPLETED = 'workflow.session.completed';

const webhooks = (mode: Mode) => n8n.simulator.webhooks.list().filter((each) => each.mode === mode);
const warnings = () => n8n.log.map(({ message }) => message);
const forgetRequests = () => (n8n.simulator.requests.length = 0);

/** Enters another API key into the credential, of which n8n tells no node. */
function replaceKey(environment: Mode | 'other', isAccepted = true): void {
	const apiKey = `${environment}_${randomUUID()}`;
	n8n.credential = { ...n8n.credential, apiKey };
	if (isAccepted) n8n.simulator.settings.keys.push(apiKey);
}

/** What tells of a webhook that the present key cannot see. */
const leftBehind = (id: string, environment = 'test') =>
	`ComplyCube Trigger: webhook ${id} was registered with another API key of the ${environment} environment, and the present one cannot see it. It is left behind there: delete it in ComplyCube's Web Portal (Developers, Webhooks), or with the other key by DELETE /webhooks/${id}.`;

const anotherAccount = 'An event of another account than that of the present API key';

async function deliver(mode: Mode, payload = {}) {
	const deliveries = await n8n.deliver({ type: COMPLETED, mode, payload });
	await n8n.idle();
	return deliveries.map(({ attempts }) => attempts[0]);
}

/** The trigger hears what happens in this environment, and has no more than one webhook there. */
async function expectToHear(workflow: StoredWorkflow, mode: Mode) {
	expect(webhooks(mode)).toEqual([
		expect.objectContaining({ url: n8n.url(workflow), enabled: true }),
	]);
	const [{ id, secret }] = webhooks(mode);
	expect(n8n.stored(workflow)).toMatchObject({ webhookId: id, webhookSecret: secret });
	const runs = n8n.runs.length;
	expect(await deliver(mode)).toMatchObject([{ status: 200, answer: '' }]);
	expect(n8n.runs).toHaveLength(runs + 1);
}

/** Nothing that is stored or logged has a key in it. */
function expectNoKeys(workflow: StoredWorkflow) {
	for (const key of n8n.simulator.settings.keys) {
		expect(workflow.staticData + JSON.stringify(n8n.log)).not.toContain(key);
	}
}

describe('the registration', () => {
	it('has a fingerprint of the key beside it, and not the key', async () => {
		const workflow = await n8n.published();
		expect(n8n.stored(workflow).keyFingerprint).toMatch(/^test_[0-9a-f]{16}$/);
		expect(n8n.stored(workflow).keyFingerprint).not.toBe(n8n.credential.apiKey);
		expectNoKeys(workflow);
	});

	it('has another fingerprint for another key, and the same for the same one', async () => {
		const [first, second] = [await n8n.published(), await n8n.published()];
		replaceKey('test');
		const third = await n8n.published();
		const [one, two, three] = [first, second, third].map((w) => n8n.stored(w).keyFingerprint);
		expect(one).toBe(two);
		expect(three).not.toBe(one);
	});
});

describe('a live key in place of the test key', () => {
	it('is recognised at the next start: registers anew, and tells what is left behind', async () => {
		const workflow = await n8n.published();
		const [{ id }] = webhooks('test');
		replaceKey('live');
		expect(await n8n.restart()).toEqual([]);
		expect(warnings()).toEqual([leftBehind(id)]);
		expect(n8n.log[0]).toMatchObject({ level: 'warn', more: [{ workflowId: 'workflow1' }] });
		await expectToHear(workflow, 'live');
		expectNoKeys(workflow);
		n8n.log.length = 0;
		expect(await n8n.restart()).toEqual([]);
		expect(n8n.log).toEqual([]);
	});

	it('is recognised at the next publication', async () => {
		const workflow = await n8n.published();
		const [{ id }] = webhooks('test');
		replaceKey('live');
		await n8n.publish(workflow);
		expect(warnings()).toEqual([leftBehind(id)]);
		await expectToHear(workflow, 'live');
	});

	it('is recognised at the next delivery, whose event starts nothing', async () => {
		const workflow = await n8n.published();
		const [{ id }] = webhooks('test');
		replaceKey('live');
		forgetRequests();
		expect(await deliver('test')).toMatchObject([{ status: 200, answer: anotherAccount }]);
		expect(n8n.runs).toEqual([]);
		expect(warnings()).toEqual([
			leftBehind(id),
			'ComplyCube Trigger: registered anew with the present API key.',
		]);
		expect(n8n.requested().filter((request) => request === 'POST /webhooks')).toHaveLength(1);
		await expectToHear(workflow, 'live');
		expectNoKeys(workflow);
		// What the test environment still tells has no valid signature any more
		expect(await deliver('test')).toMatchObject([{ status: 401 }]);
		expect(n8n.runs).toHaveLength(1);
		n8n.log.length = 0;
		expect(await n8n.restart()).toEqual([]);
		expect(n8n.log).toEqual([]);
		await expectToHear(workflow, 'live');
	});

	it('is recognised once by deliveries at the same time', async () => {
		const workflow = await n8n.published();
		replaceKey('live');
		forgetRequests();
		n8n.simulator.faults.add({ kind: 'delay', path: '/webhooks/:id', delayMs: 100 });
		const answers = await Promise.all([1, 2, 3, 4, 5].map(async () => await deliver('test')));
		expect(answers.flat().map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
		expect(n8n.runs).toEqual([]);
		expect(webhooks('live')).toHaveLength(1);
		expect(n8n.requested().filter((request) => request === 'POST /webhooks')).toHaveLength(1);
		await expectToHear(workflow, 'live');
	});

	it('is not what a forgery can ask for', async () => {
		await n8n.published();
		const [{ id }] = webhooks('test');
		replaceKey('live');
		forgetRequests();
		await n8n.forge({ kind: 'noSignature', webhookId: id });
		expect(n8n.requested()).toEqual([]);
		expect(webhooks('live')).toEqual([]);
	});

	it('is named when the workflow is unpublished, for the webhook stays', async () => {
		const workflow = await n8n.published();
		const [{ id }] = webhooks('test');
		replaceKey('live');
		await n8n.unpublish(workflow);
		expect(webhooks('test').map((webhook) => webhook.id)).toEqual([id]);
		expect(n8n.stored(workflow)).toEqual({});
		expect(warnings()).toEqual([leftBehind(id)]);
	});

	it('is tried again at the next delivery if it cannot be registered with', async () => {
		const workflow = await n8n.published();
		const [{ id }] = webhooks('test');
		const [other] = n8n.simulator.webhooks.seed({ count: 20, mode: 'live' });
		replaceKey('live');
		for (let i = 0; i < 2; i++) {
			expect(await deliver('test')).toMatchObject([{ status: 200, answer: anotherAccount }]);
		}
		expect(warnings()).toEqual([
			expect.stringMatching(
				/^ComplyCube Trigger: could not be registered with the present API key, so it hears nothing of its account \(attempt 1\)\. ComplyCube allows 20 webhooks/,
			),
		]);
		n8n.simulator.webhooks.remove(other.id);
		await deliver('test');
		expect(warnings().slice(1)).toEqual([
			leftBehind(id),
			'ComplyCube Trigger: registered anew with the present API key.',
		]);
		expect(n8n.runs).toEqual([]);
		for (const { id: seeded, url } of webhooks('live')) {
			if (url !== n8n.url(workflow)) n8n.simulator.webhooks.remove(seeded);
		}
		await expectToHear(workflow, 'live');
	});
});

describe('another key of the same account', () => {
	const rotations: Array<[string, (workflow: StoredWorkflow) => Promise<unknown>]> = [
		['a start', async () => await n8n.restart()],
		['a delivery', async () => await deliver('test')],
	];

	it.each(rotations)('keeps the webhook at %s, and is asked about once', async (_when, act) => {
		const workflow = await n8n.published();
		const before = n8n.stored(workflow);
		replaceKey('test');
		await act(workflow);
		await expectToHear(workflow, 'test');
		expect(n8n.log).toEqual([]);
		const { webhookId, webhookSecret } = before;
		expect(n8n.stored(workflow)).toMatchObject({ webhookId, webhookSecret });
		forgetRequests();
		await expectToHear(workflow, 'test');
		expect(n8n.requested()).toEqual([]);
		await n8n.restart();
		expect(n8n.stored(workflow).keyFingerprint).not.toBe(before.keyFingerprint);
		expect(n8n.log).toEqual([]);
	});

	it('starts the workflow by the delivery that shows it', async () => {
		await n8n.published();
		replaceKey('test');
		expect(await deliver('test')).toMatchObject([{ status: 200, answer: '' }]);
		expect(n8n.runs).toHaveLength(1);
	});
});

describe('a key that cannot be asked about the webhook', () => {
	it.each<[string, () => void]>([
		['is not accepted', () => replaceKey('live', false)],
		[
			'finds ComplyCube out of order',
			() => {
				replaceKey('live');
				n8n.simulator.faults.add({ kind: 'reply', status: 500, path: '/webhooks/:id' });
			},
		],
		[
			'has no usable Base URL',
			() => {
				replaceKey('live');
				n8n.credential.baseUrl = 'http://api.example.com';
			},
		],
	])(
		'keeps nothing from starting if it %s, and is logged once in a while',
		async (_what, change) => {
			const workflow = await n8n.published();
			const stored = n8n.stored(workflow);
			change();
			for (let i = 0; i < 10; i++) {
				expect(await deliver('test')).toMatchObject([{ status: 200, answer: '' }]);
			}
			expect(n8n.runs).toHaveLength(10);
			const { webhookId, webhookSecret, keyFingerprint } = stored;
			expect(n8n.stored(workflow)).toMatchObject({ webhookId, webhookSecret, keyFingerprint });
			expect(warnings().map((line) => /\d+/.exec(line)?.[0])).toEqual(['1', '10']);
			expectNoKeys(workflow);
		},
	);

	it('is none if there is no credential any more', async () => {
		const workflow = await n8n.published();
		delete workflow.node.credentials;
		expect(await deliver('test')).toMatchObject([{ status: 200, answer: '' }]);
		expect(n8n.runs).toHaveLength(1);
	});
});

describe('a registration from before there were fingerprints', () => {
	/** Published by an earlier version of the package; ComplyCube cannot be asked at the start with this one. */
	async function oldRegistration(): Promise<StoredWorkflow> {
		const workflow = await n8n.published();
		const { keyFingerprint, ...old } = n8n.stored(workflow);
		n8n.store(workflow, old);
		n8n.simulator.faults.add({ kind: 'reply', status: 500, path: '/webhooks/:id' });
		await n8n.restart();
		n8n.simulator.faults.clear();
		expect(n8n.stored(workflow)).toEqual(old);
		n8n.log.length = 0;
		return workflow;
	}

	it('takes over the present key at a start that finds the webhook with it', async () => {
		const workflow = await oldRegistration();
		const [{ id }] = webhooks('test');
		await n8n.restart();
		expect(n8n.stored(workflow)).toMatchObject({
			webhookId: id,
			keyFingerprint: expect.stringMatching(/^test_/),
		});
		expect(n8n.log).toEqual([]);
	});

	it('and a delivery is accepted if the webhook is found', async () => {
		await oldRegistration();
		expect(await deliver('test')).toMatchObject([{ status: 200, answer: '' }]);
		expect(n8n.runs).toHaveLength(1);
		expect(n8n.log).toEqual([]);
	});

	it.each([
		['start', async () => void (await n8n.restart())],
		['publication', async (workflow: StoredWorkflow) => await n8n.publish(workflow)],
		['delivery', async () => void (await deliver('test'))],
	])('is replaced at a %s if the webhook is not found', async (_when, act) => {
		const workflow = await oldRegistration();
		const [{ id }] = webhooks('test');
		replaceKey('live');
		await act(workflow);
		expect(n8n.runs).toEqual([]);
		expect(warnings()).toContain(
			`ComplyCube Trigger: webhook ${id} cannot be seen with the present API key. If it was registered with another one, it is left behind in the account of that one: delete it in ComplyCube's Web Portal (Developers, Webhooks), or with the other key by DELETE /webhooks/${id}.`,
		);
		await expectToHear(workflow, 'live');
	});
});

describe('a key without a prefix', () => {
	it('is not said to be of an environment', async () => {
		const workflow = await n8n.published();
		const { keyFingerprint, ...rest } = n8n.stored(workflow);
		n8n.store(workflow, { ...rest, keyFingerprint: '0123456789abcdef' });
		replaceKey('live');
		await n8n.restart();
		expect(warnings()[0]).toContain('was registered with another API key, and the present one');
	});
});

describe('listening for a test event', () => {
	it('leaves its webhook behind in words if the key was replaced meanwhile', async () => {
		const workflow = n8n.add();
		await n8n.listen(workflow);
		const [{ id }] = webhooks('test');
		replaceKey('live');
		await n8n.stopListening(workflow);
		expect(warnings()).toEqual([leftBehind(id)]);
		expect(webhooks('live')).toEqual([]);
	});

	it('takes the event that comes meanwhile, and registers nothing', async () => {
		const workflow = n8n.add();
		await n8n.listen(workflow);
		replaceKey('live');
		expect(await deliver('test')).toMatchObject([{ status: 200, answer: '' }]);
		expect(n8n.runs).toHaveLength(1);
		expect(webhooks('live')).toEqual([]);
	});
});

it('removes what a delivery registered, though n8n has written the earlier registration over it', async () => {
	const workflow = await n8n.published();
	const { staticData } = workflow;
	const [{ id }] = webhooks('test');
	replaceKey('live');
	await deliver('test');
	await n8n.idle();
	expect(webhooks('live')).toHaveLength(1);
	// As after a run in which another node changed its own static data
	workflow.staticData = staticData;
	await n8n.unpublish(workflow);
	expect(webhooks('live')).toEqual([]);
	expect(webhooks('test')).toHaveLength(1);
	expect(warnings().at(-1)).toBe(leftBehind(id));
});
