/**
 * `npm run pictures`: takes the README's pictures anew, from the example workflow in a real n8n. It needs Chromium as
 * Debian installs it.
 */
import { join } from 'node:path';

import { startSimulator } from '../test/simulator/server.cts';
import { screenshot } from './editorScreenshot.cts';
import { exampleWorkflow } from './exampleWorkflow.cts';
import { prepareN8n } from './installation.cts';
import { LOGIN } from './login.cts';
import { startN8n } from './n8nInstance.cts';
import { packedTarball } from './packedTarball.cts';
import { N8N_VERSION, PROJECT_FOLDER } from './paths.cts';

const PICTURES = [{ file: 'workflow.jpg' }, { file: 'editor.jpg', nodeName: 'Complete' }];

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
		const [{ id }] = simulator.workflowSessions.seed();
		const workflow = await n8n.client.createWorkflow(exampleWorkflow(credential, id));
		await n8n.client.runWorkflow(workflow.id);
		for (const { file, ...picture } of PICTURES) {
			const path = join(PROJECT_FOLDER, 'docs', file);
			await screenshot({
				url: n8n.url,
				login: LOGIN,
				workflowId: workflow.id,
				file: path,
				...picture,
			});
			console.log(`Took docs/${file}`);
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
