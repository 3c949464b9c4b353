/**
 * `npm run pictures`: retakes the README's pictures in a real n8n, next to the simulator. It needs Debian's Chromium.
 * `-- --panels <folder>` takes every panel of the package's nodes instead, to look at; types of other nodes may follow.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import type { Locator } from 'playwright-core';

import { startSimulator, type Simulator } from '../simulator/server.cts';
import { Editor, startChromium } from './editor/editor.cts';
import { EXAMPLES, fillExample } from './journey/examples.cts';
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

/** The only example that is shown with the output of its nodes. */
const FIRST_EXAMPLE = 'get-complete-branch';

/** How much to show of a part of the window, in pixels from its top: below that it is empty. */
const HEIGHT = { credential: 380, nodesPanel: 240 };

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

async function takePicture(
	editor: Editor,
	name: string,
	part?: Locator,
	height?: number,
): Promise<void> {
	await editor.prepareForPicture();
	await editor.takePicture(join(PROJECT_FOLDER, 'docs', `${name}.jpg`), part, height);
	console.log(`Took docs/${name}.jpg`);
}

/** Takes the first example after running it in the editor, in light and in dark colours. */
async function takeFirstExample({ n8n, simulator, editor, credential }: Scene): Promise<void> {
	const [session] = simulator.workflowSessions.seed();
	const { id } = await n8n.client.createWorkflow(fillGetCompleteBranch(credential, session.id));
	await editor.openWorkflow(id);
	await takePicture(editor, FIRST_EXAMPLE);
	await editor.openDetails('Complete session');
	await editor.executeStep();
	await takePicture(editor, 'editor');
	await editor.useColours('dark');
	await takePicture(editor, 'dark');
	await editor.useColours('light');
}

async function takeOtherExamples({ n8n, simulator, editor, credential }: Scene): Promise<void> {
	const credentials = [
		credential,
		await n8n.client.createCredential('Mail', 'smtp', { host: 'localhost' }),
		await n8n.client.createCredential('Slack', 'slackApi', { accessToken: 'none' }),
		await n8n.client.createCredential('Model', 'openAiApi', { apiKey: 'none' }),
	];
	const [{ id: templateId }] = simulator.settings.workflowTemplates;
	for (const name of EXAMPLES.filter((example) => example !== FIRST_EXAMPLE)) {
		const workflow = fillExample(name, credentials, templateId);
		const { id } = await n8n.client.createWorkflow(workflow);
		await editor.openWorkflow(id);
		await takePicture(editor, name);
		if (name === 'outcome-to-team') {
			await editor.openDetails('Outcome is known');
			await takePicture(editor, 'trigger');
		}
	}
}

async function takeFirstSteps({ simulator, editor }: Scene): Promise<void> {
	await editor.createCredential({
		name: 'ComplyCube',
		apiKey: 'test_mistyped',
		baseUrl: simulator.url,
	});
	await takePicture(editor, 'credential', editor.credentialForm, HEIGHT.credential);
	await editor.newWorkflow();
	await editor.openNodesPanel();
	await editor.searchNodes('kyc', 'ComplyCube');
	await takePicture(editor, 'nodes-panel', editor.nodesPanel, HEIGHT.nodesPanel);
}

async function takeError({ editor, credential }: Scene): Promise<void> {
	await editor.newWorkflow();
	await editor.openNodesPanel();
	await editor.searchNodes('kyc', 'ComplyCube');
	await editor.addComplyCube('Actions', 'Get workflow session');
	await editor.chooseCredential(credential.name);
	await editor.enterId('workflowSessionId', '5eb2b61e02df0a0008f1cf2b');
	await editor.executeStep();
	await takePicture(editor, 'error');
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
		const height = panelsFolder === undefined ? undefined : PANEL_HEIGHT;
		const editor = await Editor.open(browser, n8n.url, height);
		await editor.signIn(LOGIN);
		const scene = { n8n, simulator, editor, credential };
		if (panelsFolder === undefined) {
			await takeFirstExample(scene);
			await takeOtherExamples(scene);
			await takeFirstSteps(scene);
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
