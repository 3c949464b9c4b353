/** One n8n and one browser for all tests of the editor: n8n starts in a quarter of a minute, and the editor is megabytes of script. */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Browser } from 'playwright-core';
import { Editor, startChromium } from '../../sandbox/editor/editor.cts';
import { LOGIN } from '../../sandbox/n8n/login.cts';
import { waitFor } from '../../sandbox/process/waitFor.cts';
import { Sandbox } from '../../sandbox/rig/sandbox.cts';

let browser: Browser | undefined;
/** The running n8n and simulator. */
export let sandbox: Sandbox;
/** The editor's window, in which the owner is signed in. */
export let editor: Editor;

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
beforeEach(() => sandbox.simulator.reset());

/** A test of what a person does. If it fails, it takes a picture of the window. */
export function person(does: string, steps: () => Promise<void>): void {
	it(does, async () => {
		try {
			await steps();
		} catch (error) {
			const file = join(await mkdtemp(join(tmpdir(), 'n8n-editor-')), 'failed.jpg');
			await editor.takePicture(file);
			process.stdout.write(`PICTURE of the failure of "${does}": ${file}\n`);
			throw error;
		}
	});
}

/**
 * Adds a node of ComplyCube to an empty workflow, and chooses a credential.
 *
 * @param credential The name of a stored credential; the working one by default
 */
export async function addNode(
	kind: 'Actions' | 'Triggers',
	action: string,
	credential = sandbox.credential.name,
): Promise<void> {
	await editor.newWorkflow();
	await editor.openNodesPanel();
	await editor.searchNodes('complycube', 'ComplyCube');
	await editor.addComplyCube(kind, action);
	await editor.chooseCredential(credential);
}

/**
 * Saves the open workflow, and expects n8n to store a parameter of one of its nodes.
 *
 * @returns The workflow's ID
 */
export async function expectSaved(
	nodeName: string,
	parameter: string,
	expected: unknown,
): Promise<string> {
	const id = await editor.save();
	const read = async () => {
		// The editor knows a new workflow's ID a moment before n8n has stored it
		const stored = await sandbox.n8n.client.getWorkflow(id).catch(() => undefined);
		return stored?.nodes.find(({ name }) => name === nodeName)?.parameters[parameter];
	};
	await waitFor(async () => isDeepStrictEqual(await read(), expected));
	expect(await read()).toEqual(expected);
	return id;
}
