/** What becomes of the default of Request Options in n8n's editor in Chromium. */
import { isDeepStrictEqual } from 'node:util';
import type { Browser } from 'playwright-core';
import { Editor, startChromium } from '../../sandbox/editor/editor.cts';
import { LOGIN } from '../../sandbox/n8n/login.cts';
import { waitFor } from '../../sandbox/process/waitFor.cts';
import { Sandbox } from '../../sandbox/rig/sandbox.cts';

const GET_SESSION = 'Get workflow session';
const DEFAULT = { batching: { batch: { batchSize: 20, batchInterval: 1 } } };

let browser: Browser;
let sandbox: Sandbox;
let editor: Editor;
beforeAll(async () => {
	browser = await startChromium();
	sandbox = await Sandbox.start();
	editor = await Editor.open(browser, sandbox.n8n.url);
	await editor.signIn(LOGIN);
}, 900_000);
afterAll(async () => {
	await browser?.close();
	await sandbox?.stop();
});

/** Saves the open workflow, and expects n8n to store these Request Options. @returns The workflow's ID */
async function expectSaved(requestOptions: object): Promise<string> {
	const id = await editor.save();
	const read = async () => {
		const { nodes } = await sandbox.n8n.client.getWorkflow(id);
		return nodes.find(({ name }) => name === GET_SESSION)?.parameters.requestOptions;
	};
	// The editor knows a new workflow's ID a moment before n8n has stored it
	const isStored = async () =>
		isDeepStrictEqual(await read().catch(() => undefined), requestOptions);
	await waitFor(isStored, 15_000);
	expect(await read()).toEqual(requestOptions);
	return id;
}

/** Adds a node to an empty workflow, and opens its settings. */
async function addNode(): Promise<void> {
	await editor.newWorkflow();
	await editor.openNodesPanel();
	await editor.searchNodes('complycube', 'ComplyCube');
	await editor.addComplyCube('Actions', GET_SESSION);
	await editor.chooseCredential(sandbox.credential.name);
	await editor.openSettings();
}

const readBatching = async () =>
	await Promise.all(
		['batchSize', 'batchInterval'].map(async (name) => await editor.readNumber(name)),
	);

it('shows and stores batches of 20 items for a new node', async () => {
	await addNode();
	expect(await readBatching()).toEqual(['20', '1']);
	await expectSaved(DEFAULT);
});

it('keeps the default next to an entry of the user', async () => {
	await addNode();
	await editor.addRequestOption('Timeout');
	await editor.enterNumber('timeout', 7_000);
	await expectSaved({ ...DEFAULT, timeout: 7_000 });
});

it('keeps what the user made of the default', async () => {
	await addNode();
	await editor.enterNumber('batchSize', 5);
	await editor.enterNumber('batchInterval', 100);
	const id = await expectSaved({ batching: { batch: { batchSize: 5, batchInterval: 100 } } });
	await editor.openWorkflow(id);
	await editor.openDetails(GET_SESSION);
	await editor.openSettings();
	expect(await readBatching()).toEqual(['5', '100']);
});

it('does not bring back what the user removed', async () => {
	await addNode();
	await editor.removeRequestOption('batching');
	const id = await expectSaved({});
	await editor.openWorkflow(id);
	await editor.openDetails(GET_SESSION);
	await editor.openSettings();
	await editor.addRequestOption('Timeout');
	await expectSaved({ timeout: 10_000 });
});

it('warns of a Batching with which n8n cannot run the node', async () => {
	await addNode();
	expect((await editor.readHints()).join()).not.toContain('Batching');
	await editor.emptyRequestOption('batching');
	expect((await editor.readHints()).join()).toContain(
		'n8n cannot run a node whose Batching is empty',
	);
});
