import type { Demonstration } from './demonstration.cts';
import { fillReadOnlyPart } from './getCompleteBranch.cts';
import { itemTable } from './itemTable.cts';
import { saveCredential, saveWorkflow } from './savedContents.cts';

/** Reads one session of the real ComplyCube, and changes nothing there. n8n's data is not kept, because the key is in it. */
export function realDemonstration(apiKey: string, sessionId: string): Demonstration {
	return {
		async run({ client, url }) {
			const credential = await saveCredential(client, 'ComplyCube', 'complyCubeApi', { apiKey });
			const workflow = await saveWorkflow(client, fillReadOnlyPart(credential, sessionId));
			console.log(`Running "${workflow.name}"`);
			const execution = await client.runWorkflow(workflow.id);
			const { status, error } = execution;
			console.log(`\n${itemTable(execution)}\n`);
			if (status !== 'success') {
				const lines = [`The run ended with "${status}"`, error?.message, error?.description];
				console.log(lines.filter(Boolean).join('\n'));
			}
			return {
				succeeded: status === 'success',
				instructions: [
					`Editor:    ${url}/workflow/${workflow.id}`,
					'Service:   the real ComplyCube, read only',
				],
			};
		},
		close: async () => {},
	};
}
