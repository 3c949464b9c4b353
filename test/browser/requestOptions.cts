import { addNode, editor, expectSaved, person } from './stage.cts';

const GET_SESSION = 'Get workflow session';
const DEFAULT = { batching: { batch: { batchSize: 20, batchInterval: 1 } } };

/** Saves the open workflow, and expects n8n to store these Request Options. @returns The workflow's ID */
const expectStored = async (requestOptions: object) =>
	await expectSaved(GET_SESSION, 'requestOptions', requestOptions);

/** Adds a node to an empty workflow, and opens its settings. */
async function openSettingsOfNewNode(): Promise<void> {
	await addNode('Actions', GET_SESSION);
	await editor.openSettings();
}

const readBatching = async () =>
	await Promise.all(
		['batchSize', 'batchInterval'].map(async (name) => await editor.readNumber(name)),
	);

describe('Request Options', () => {
	person('sees batches of 20 items in a new node, and n8n stores them', async () => {
		await openSettingsOfNewNode();
		expect(await readBatching()).toEqual(['20', '1']);
		await expectStored(DEFAULT);
	});

	person('keeps the default next to an entry of their own', async () => {
		await openSettingsOfNewNode();
		await editor.addField('Timeout');
		await editor.enterNumber('timeout', 7_000);
		await expectStored({ ...DEFAULT, timeout: 7_000 });
	});

	person('keeps what they made of the default', async () => {
		await openSettingsOfNewNode();
		await editor.enterNumber('batchSize', 5);
		await editor.enterNumber('batchInterval', 100);
		const id = await expectStored({ batching: { batch: { batchSize: 5, batchInterval: 100 } } });
		await editor.openWorkflow(id);
		await editor.openDetails(GET_SESSION);
		await editor.openSettings();
		expect(await readBatching()).toEqual(['5', '100']);
	});

	person('does not get back what they removed', async () => {
		await openSettingsOfNewNode();
		await editor.removeRequestOption('batching');
		const id = await expectStored({});
		await editor.openWorkflow(id);
		await editor.openDetails(GET_SESSION);
		await editor.openSettings();
		await editor.addField('Timeout');
		await expectStored({ timeout: 10_000 });
	});

	person('is warned of a Batching with which n8n cannot run the node', async () => {
		await openSettingsOfNewNode();
		expect((await editor.readHints()).join()).not.toContain('Batching');
		await editor.emptyRequestOption('batching');
		expect((await editor.readHints()).join()).toContain(
			'n8n cannot run a node whose Batching is empty',
		);
	});
});
