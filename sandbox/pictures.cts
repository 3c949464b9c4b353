/**
 * `npm run pictures`: takes the README's pictures anew, from the example workflows in a real n8n. It needs Chromium as
 * Debian installs it.
 */
import { join } from 'node:path';

import { startSimulator } from '../test/simulator/server.cts';
import { screenshot } from './editorScreenshot.cts';
import { exampleWorkflow } from './exampleWorkflow.cts';
import { EXAMPLES, filledExample } from './examples.cts';
import { prepareN8n } from './installation.cts';
import { LOGIN } from './login.cts';
import { startN8n, type N8nInstance } from './n8nInstance.cts';
import { packedTarball } from './packedTarball.cts';
import { N8N_VERSION, PROJECT_FOLDER } from './paths.cts';

/** The one example that is shown with what came out of its nodes. */
const FIRST_EXAMPLE = 'get-complete-branch';

async function take(n8n: N8nInstance, workflowId: string, name: string, nodeName?: string) {
	const file = join(PROJECT_FOLDER, 'docs', `${name}.jpg`);
	await screenshot({ url: n8n.url, login: LOGIN, workflowId, file, nodeName });
	console.log(`Took docs/${name}.jpg`);
}

async function takePictures(): Promise<void> {
	await prepareN8n({ version: N8N_VERSION, onProgress: console.log });
	const tarball = await packedTarball();
	const simulator = await startSimulator();
	const n8n = await startN8n({ version: N8N_VERSION, tarball });
	try {
		await n8n.client.setUpOwner(LOGIN);
		const credential = await n8n.client.createCredential('ComplyCube test key', 'complyCubeApi', {
			apiKey: simulator.settings.keys[0],
			baseUrl: simulator.url,
		});
		const [session] = simulator.workflowSessions.seed();
		const first = await n8n.client.createWorkflow(exampleWorkflow(credential, session.id));
		await n8n.client.runWorkflow(first.id);
		await take(n8n, first.id, 'workflow');
		await take(n8n, first.id, 'editor', 'Complete');

		const credentials = [
			credential,
			await n8n.client.createCredential('Mail', 'smtp', { host: 'localhost' }),
			await n8n.client.createCredential('Slack', 'slackApi', { accessToken: 'none' }),
			await n8n.client.createCredential('Model', 'openAiApi', { apiKey: 'none' }),
		];
		for (const name of EXAMPLES.filter((example) => example !== FIRST_EXAMPLE)) {
			const { id } = await n8n.client.createWorkflow(filledExample(name, credentials));
			await take(n8n, id, name);
			if (name === 'outcome-to-team') await take(n8n, id, 'trigger', 'ComplyCube Trigger');
		}
	} finally {
		await n8n.stop();
		await simulator.close();
	}
}

takePictures().catch((error: unknown) => {
	console.error(error);
	process.exit(1);
});
