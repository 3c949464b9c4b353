import { addNode, editor, expectSaved, person } from './stage.cts';

const CREATE_CLIENT = 'Create client';

describe('a country', () => {
	person('adds one without an error, and n8n stores its code', async () => {
		await addNode('Actions', CREATE_CLIENT);
		await editor.addField('Nationality');
		expect(await editor.waitForOptions('nationality')).toBeGreaterThan(200);
		expect(await editor.countIssues('nationality')).toBe(0);
		await editor.chooseOption('nationality', 'France');
		expect(await editor.countIssues('nationality')).toBe(0);
		await expectSaved(CREATE_CLIENT, 'clientFields', { nationality: 'FR' });
	});
});
