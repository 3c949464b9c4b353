/**
 * `npm run pictures`: retakes the pictures in `docs/` in a real n8n, next to the simulator: one of each example, and those of
 * the editor's panels. It needs Debian's Chromium.
 * `-- --panels <folder>` takes every panel of the package's nodes instead, to look at; types of other nodes may follow.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import type { Locator } from 'playwright-core';

import { startSimulator, type Simulator } from '../simulator/server.cts';
import { Editor, startChromium } from './editor/editor.cts';
import { EXAMPLES, fillExample, NEEDED_CREDENTIALS } from './journey/examples.cts';
import { fillGetCompleteBranch } from './journey/getCompleteBranch.cts';
import { installN8n } from './n8n/installation.cts';
import { LOGIN } from './n8n/login.cts';
import { startN8n, type N8nInstance } from './n8n/n8nInstance.cts';
import { PROJECT_FOLDER } from './n8n/paths.cts';
import { buildTarball } from './n8n/tarball.cts';
import { N8N_VERSION } from './n8n/versions.cts';
import type { StoredCredential } from './n8n/workflow.cts';
import { takePanels } from './panelPictures.cts';
import { NODE_TYPE, TRIGGER_TYPE } from './rig/workflows.cts';

/** Pixels of a picture for each pixel of CSS, so that it is sharp on any screen. */
const PIXEL_RATIO = 2;

/** How much to show of a part of the window, in pixels from its top: below that it is empty. */
const HEIGHT = { credential: 380, nodesPanel: 240, details: 490, output: 430 };

/** The node as an agent's tool, which n8n makes of it. */
const TOOL_TYPE = `${NODE_TYPE}Tool`;

/** The window for panels, in pixels: as high as the longest of them. */
const PANEL_HEIGHT = 2_400;

/** What it takes to take the pictures. */
interface Scene {
	n8n: N8nInstance;
	simulator: Simulator;
	editor: Editor;
	credential: StoredCredential;
}

const fileOf = (name: string) => join(PROJECT_FOLDER, 'docs', `${name}.jpg`);

async function takePicture(
	editor: Editor,
	name: string,
	parts: Locator[],
	height: number,
): Promise<void> {
	await editor.prepareForPicture();
	await editor.takePicture(fileOf(name), parts, height);
	console.log(`Took docs/${name}.jpg`);
}

/** Takes a picture of each example as it is imported, but without its sample data. */
async function takeExamples({ n8n, simulator, editor, credential }: Scene): Promise<void> {
	const types = NEEDED_CREDENTIALS.filter((type) => type !== credential.type);
	const credentials = [credential];
	for (const type of types) credentials.push(await n8n.client.createCredential(type, type, {}));
	const [{ id: templateId }] = simulator.settings.workflowTemplates;
	for (const name of EXAMPLES) {
		const workflow = { ...fillExample(name, credentials, templateId), pinData: {} };
		const { id } = await n8n.client.createWorkflow(workflow);
		await editor.openWorkflow(id);
		await editor.prepareForPicture();
		await editor.takeWorkflowPicture(fileOf(name));
		console.log(`Took docs/${name}.jpg`);
		if (name === 'outcome-to-team') {
			await editor.openWorkflow(id);
			await editor.openDetails(workflow.nodes.find(({ type }) => type === TRIGGER_TYPE)!.name);
			await takePicture(editor, 'trigger', [editor.parameters], HEIGHT.details);
		}
	}
}

/** Takes the details of a node after running it in the editor, in light and in dark colours. */
async function takeDetails({ n8n, simulator, editor, credential }: Scene): Promise<void> {
	const [session] = simulator.workflowSessions.seed();
	const workflow = fillGetCompleteBranch(credential, session.id);
	const { id } = await n8n.client.createWorkflow({ ...workflow, pinData: {} });
	await editor.openWorkflow(id);
	const complete = workflow.nodes.find(({ parameters }) => parameters.operation === 'complete')!;
	await editor.openDetails(complete.name);
	await editor.executeStep();
	await takePicture(editor, 'editor', [editor.parameters, editor.output], HEIGHT.output);
	await editor.useColours('dark');
	await takePicture(editor, 'dark', [editor.parameters, editor.output], HEIGHT.output);
	await editor.useColours('light');
}

async function takeFirstSteps({ simulator, editor }: Scene): Promise<void> {
	await editor.createCredential({
		name: 'ComplyCube',
		apiKey: 'test_mistyped',
		baseUrl: simulator.url,
	});
	await takePicture(editor, 'credential', [editor.credentialForm], HEIGHT.credential);
	await editor.newWorkflow();
	await editor.openNodesPanel();
	await editor.searchNodes('kyc', 'ComplyCube');
	await takePicture(editor, 'nodes-panel', [editor.nodesPanel], HEIGHT.nodesPanel);
}

async function takeError({ editor, credential }: Scene): Promise<void> {
	await editor.newWorkflow();
	await editor.openNodesPanel();
	await editor.searchNodes('kyc', 'ComplyCube');
	await editor.addComplyCube('Actions', 'Get workflow session');
	await editor.chooseCredential(credential.name);
	await editor.enterId('workflowSessionId', '5eb2b61e02df0a0008f1cf2b');
	await editor.executeStep();
	await takePicture(editor, 'error', [editor.parameters, editor.output], HEIGHT.details);
}

async function takePictures(panelsFolder?: string, nodeTypes: string[] = []): Promise<void> {
	const browser = await startChromium();
	await installN8n({ version: N8N_VERSION, onProgress: console.log });
	const tarball = await buildTarball();
	const simulator = await startSimulator();
	const n8n = await startN8n({ version: N8N_VERSION, tarball });
	try {
		await n8n.client.setUpOwner(LOGIN);
		const credential = await n8n.client.createCredential('ComplyCube test key', 'complyCubeApi', {
			apiKey: simulator.settings.keys[0],
			baseUrl: simulator.url,
		});
		const editor = await Editor.open(
			browser,
			n8n.url,
			panelsFolder === undefined ? { deviceScaleFactor: PIXEL_RATIO } : { height: PANEL_HEIGHT },
		);
		await editor.signIn(LOGIN);
		const scene = { n8n, simulator, editor, credential };
		if (panelsFolder === undefined) {
			await takeExamples(scene);
			await takeFirstSteps(scene);
			await takeDetails(scene);
			await takeError(scene);
		} else {
			for (const nodeType of [NODE_TYPE, TRIGGER_TYPE, TOOL_TYPE, ...nodeTypes]) {
				await takePanels({ client: n8n.client, editor, credential }, nodeType, panelsFolder);
			}
		}
	} finally {
		await n8n.stop();
		await simulator.close();
		await browser.close();
	}
}

const { values, positionals } = parseArgs({
	options: { panels: { type: 'string' } },
	allowPositionals: true,
});

takePictures(values.panels, positionals).catch((error: unknown) => {
	console.error(error);
	process.exit(1);
});
