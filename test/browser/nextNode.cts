import { addNode, editor, person } from './stage.cts';

describe('the next node', () => {
	const readFieldsAfter = async (action: string) => {
		await addNode('Actions', action);
		await editor.closeDetails();
		await editor.openNodesPanelAfter(action);
		await editor.addNode('Edit Fields (Set)');
		return await editor.readInputPreview();
	};

	person('sees what Get returns before anything is executed', async () => {
		expect(await readFieldsAfter('Get workflow session')).toEqual(
			expect.arrayContaining(['id', 'clientId', 'status', 'outcome']),
		);
	});

	person('sees the outcome that Complete returns without paying for a run', async () => {
		const fields = await readFieldsAfter('Complete workflow session (charged)');
		expect(fields.slice(0, 5)).toEqual(['id', 'status', 'outcome', 'clientId', 'entityName']);
	});
});
