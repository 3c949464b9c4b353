import { createHmac } from 'node:crypto';
import http from 'node:http';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
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

const pause = async (ms: number) => await new Promise((resolve) => setTimeout(resolve, ms));

async function until(isSo: () => boolean) {
	while (!isSo()) await pause(5);
}

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Sends an event and hangs up as soon as n8n has begun to work on it. */
async function sendAndHangUp(workflow: StoredWorkflow, event: object, hasBegun: () => boolean) {
	const body = JSON.stringify(event);
	const signature = createHmac('sha256', String(n8n.stored(workflow).webhookSecret))
		.update(body)
		.digest('hex');
	const request = http.request(n8n.url(workflow), {
		method: 'POST',
		headers: { 'content-type': 'application/json', 'complycube-signature': signature },
	});
	request.on('error', () => {});
	request.end(body);
	await until(hasBegun);
	request.destroy();
}

/** Makes n8n wait when it starts an execution, so that there is something to hang up on. */
function holdRuns() {
	let begun = 0;
	let release = () => {};
	const released = new Promise<void>((resolve) => (release = resolve));
	n8n.onRun = async () => {
		begun += 1;
		await released;
	};
	return { hasBegun: (count: number) => () => begun >= count, release };
}

const answers = async (event: { type: string; id: string }) =>
	(await n8n.deliver(event)).map(({ attempts }) => attempts[0]);

describe('a sender that hangs up', () => {
	const EVENT = { id: 'event1', type: COMPLETED };

	it('leaves nothing of its request and of the response in memory', async () => {
		const workflow = await n8n.published();
		const refs: Array<WeakRef<object>> = [];
		n8n.onRequest = (request) => void refs.push(new WeakRef(request));
		const { hasBegun, release } = holdRuns();
		for (let i = 0; i < 20; i++) {
			await sendAndHangUp(workflow, { id: `event${i}`, type: COMPLETED }, hasBegun(i + 1));
		}
		await pause(50);
		release();
		await n8n.idle();
		expect(refs).toHaveLength(20);
		await pause(50);
		collectGarbage();
		expect(refs.filter((ref) => ref.deref()).length).toBeLessThan(3);
	});

	it('has started the workflow: the event that comes again starts nothing', async () => {
		const workflow = await n8n.published();
		const { hasBegun, release } = holdRuns();
		await sendAndHangUp(workflow, EVENT, hasBegun(1));
		await pause(50);
		release();
		await n8n.idle();
		n8n.onRun = () => {};
		expect(n8n.runs).toHaveLength(1);
		expect(await answers(EVENT)).toMatchObject([{ status: 200, answer: 'Already received' }]);
		expect(n8n.runs).toHaveLength(1);
	});

	it('before n8n fails to start the workflow is sent the event again', async () => {
		const workflow = await n8n.published();
		const { hasBegun, release } = holdRuns();
		const { onRun } = n8n;
		n8n.onRun = async () => {
			await onRun();
			throw new Error('No room for another execution');
		};
		await sendAndHangUp(workflow, EVENT, hasBegun(1));
		await pause(50);
		release();
		await n8n.idle();
		n8n.onRun = () => {};
		expect(n8n.runs.filter(({ error }) => !error)).toEqual([]);
		expect(await answers(EVENT)).toMatchObject([{ status: 200, answer: '' }]);
		expect(n8n.runs.filter(({ error }) => !error)).toHaveLength(1);
	});

	it('while an object cannot be read is sent the event again', async () => {
		const workflow = await n8n.published({ options: { fetchResource: true } });
		const [{ id }] = n8n.simulator.workflowSessions.seed({ status: 'complete' });
		const path = '/workflowSessions/:id';
		n8n.simulator.faults.add({ kind: 'delay', path, delayMs: 200, times: 1 });
		n8n.simulator.faults.add({ kind: 'reply', path, status: 500 });
		const event = { ...EVENT, payload: { id } };
		const isReading = () => n8n.requested().some((request) => request.includes(id));
		await sendAndHangUp(workflow, event, isReading);
		await pause(400);
		await n8n.idle();
		n8n.simulator.faults.clear();
		await n8n.deliver(event);
		expect(n8n.runs).toHaveLength(1);
	});
});
