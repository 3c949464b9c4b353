/** Uses the package in n8n's editor in Chromium, as a person would. */
import type { Browser } from 'playwright-core';
import { Editor, startChromium } from '../../sandbox/editor/editor.cts';
import { LOGIN } from '../../sandbox/n8n/login.cts';
import { waitFor } from '../../sandbox/process/waitFor.cts';
import { TEST_KEY } from '../../sandbox/rig/keys.cts';
import { Sandbox } from '../../sandbox/rig/sandbox.cts';
import { personWith } from './person.cts';

const SESSION_COMPLETED = 'On workflow session completed';
const GET_SESSION = 'Get workflow session';

let browser: Browser;
let sandbox: Sandbox;
let editor: Editor;
beforeAll(async () => {
	browser = await startChromium();
	sandbox = await Sandbox.start();
	editor = await Editor.open(browser, sandbox.n8n.url);
}, 900_000);
afterAll(async () => {
	await browser?.close();
	await sandbox?.stop();
});
beforeEach(() => sandbox.simulator.reset());

const person = personWith(() => editor);

/** Adds a ComplyCube node to an empty workflow, and chooses the working credential. */
async function addNode(kind: 'Actions' | 'Triggers', action: string) {
	await editor.newWorkflow();
	await editor.openNodesPanel();
	await editor.searchNodes('complycube', 'ComplyCube');
	await editor.addComplyCube(kind, action);
	await editor.chooseCredential(sandbox.credential.name);
}

person('signs in', async () => await editor.signIn(LOGIN));

describe('the credential', () => {
	const create = async (apiKey: string) =>
		await editor.createCredential({ name: apiKey, apiKey, baseUrl: sandbox.simulator.url });

	person('sees that it is tested when it is saved', async () => {
		expect(await create(TEST_KEY)).toContain('Connection tested successfully');
	});

	person('reads what is wrong with a key that is not accepted', async () => {
		const message = await create('test_wrong');
		expect(message).toContain('Couldn’t connect with these settings');
		expect(message).toContain(
			"ComplyCube did not accept this API key. Copy it again from the Web Portal's developers page; a key that was refreshed there stops working here.",
		);
	});

	person('reads that an account has no credit', async () => {
		const message = await create('live_no_credit_key');
		expect(message).toContain('Couldn’t connect with these settings');
		expect(message).toContain(
			'The API key is right, but the account has no credit left. Top it up in the ComplyCube Web Portal.',
		);
	});
});

describe('the node', () => {
	person('finds it by its purpose', async () => {
		await editor.newWorkflow();
		await editor.openNodesPanel();
		for (const text of ['kyc', 'complycube', 'identity']) {
			expect(await editor.searchNodes(text, 'ComplyCube')).toContain('ComplyCube');
		}
	});

	person('gets a session picked by the name of its client', async () => {
		sandbox.simulator.workflowSessions.seed({ entityName: 'Ada Example', count: 3 });
		const [{ id }] = sandbox.simulator.workflowSessions.seed({
			entityName: 'Grace Sample',
			status: 'complete',
		});
		await addNode('Actions', GET_SESSION);
		const found = await editor.searchList('workflowSessionId', 'grace');
		expect(found).toEqual([expect.stringMatching(/^Grace Sample · complete · \d{4}-\d\d-\d\d/)]);
		await editor.pickFromList(found[0]);
		await editor.executeStep();
		const [item, ...more] = await editor.readOutput();
		expect(item).toMatchObject({ id, entityName: 'Grace Sample', outcome: 'clear' });
		expect(item.allRelatedChecks).toContain('document_check');
		expect(more).toEqual([]);
	});

	person('sees its fields in the next node before anything is executed', async () => {
		await addNode('Actions', GET_SESSION);
		await editor.closeDetails();
		expect(await editor.readSubtitle(GET_SESSION)).toBe('get: workflowSession');
		await editor.openNodesPanelAfter(GET_SESSION);
		await editor.addNode('Edit Fields (Set)');
		const fields = await editor.readInputPreview();
		expect(fields).toEqual(expect.arrayContaining(['id', 'clientId', 'status', 'outcome']));
	});

	person('reads what is wrong with an ID that does not exist', async () => {
		await addNode('Actions', GET_SESSION);
		await editor.enterId('workflowSessionId', '5eb2b61e02df0a0008f1cf2b');
		await editor.executeStep();
		expect(await editor.readError()).toEqual({
			message: "Invalid workflow session id '5eb2b61e02df0a0008f1cf2b'",
			description:
				'Check the ID, and that the API key belongs to the same environment: an object made with a test key cannot be seen with a live key, nor the other way round.',
		});
	});
});

describe('the trigger', () => {
	person('sees the event that it listened for', async () => {
		await addNode('Triggers', SESSION_COMPLETED);
		await editor.listenForTestEvent();
		const [{ eventId }] = sandbox.simulator.deliveries.emit({
			type: 'workflow.session.completed',
			payload: { id: '5eb04fd3a2a3b4000806c8f1', outcome: 'attention' },
		});
		await editor.waitForRun();
		const [item, ...more] = await editor.readOutput();
		expect(item).toMatchObject({ id: eventId, type: 'workflow.session.completed' });
		expect(item.payload).toContain('attention');
		expect(more).toEqual([]);
	});
});

person('sees the icon in light and dark colours', async () => {
	const name = 'ComplyCube Trigger';
	const seesIcon = async (file: string) => {
		const path = `/icons/n8n-nodes-complycube/dist/nodes/ComplyCube/${file}`;
		await waitFor(async () => String(await editor.readIcons(name)) === `${path},${path}`);
		expect(await editor.readIcons(name)).toEqual([path, path]);
		expect((await fetch(`${sandbox.n8n.url}${path}`)).headers.get('content-type')).toContain('svg');
	};
	await addNode('Triggers', SESSION_COMPLETED);
	expect(await editor.readSubtitle(name)).toBe('workflow.session.completed');
	await seesIcon('complycube.svg');
	const light = await editor.readTextColour();
	await editor.useColours('dark');
	await seesIcon('complycube.dark.svg');
	expect(await editor.readTextColour()).not.toBe(light);
});
