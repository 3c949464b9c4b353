import { addNode, editor, person, sandbox } from './stage.cts';

/** ComplyCube at any address that is not this machine's. Nothing is sent there: n8n's own address is looked at first. */
const ELSEWHERE = 'https://complycube.invalid/v1';

describe('publishing at an http address', () => {
	person('reads what is missing and what to do, and of no success', async () => {
		const { name } = await sandbox.n8n.client.createCredential('Elsewhere', 'complyCubeApi', {
			apiKey: sandbox.simulator.settings.keys[0],
			baseUrl: ELSEWHERE,
		});
		await addNode('Triggers', 'On workflow session completed', name);
		await editor.closeDetails();
		// n8n opens its dialog before it knows whether the trigger can be set up
		const dialog = await editor.publish();
		expect(dialog).toContain('ComplyCube');
		expect(dialog).not.toMatch(/\bnow\b[^.]*deliver|deliver[^.]*\bnow\b/i);
		const message = await editor.waitForNotification();
		expect(message).toContain('could not be activated');
		expect(message).toMatch(/ComplyCube.*https/s);
		expect(message).toMatch(/WEBHOOK_URL|tunnel/);
		// n8n's address says which variable is meant; the path of a webhook is noise
		expect(message).not.toContain('/webhook/');
	});
});
