import { addNode, editor, expectSaved, person } from './stage.cts';

const CREATE_ADDRESS = 'Create address';

describe('a list that can be added', () => {
	person('adds one with nothing chosen and no error, and then chooses', async () => {
		await addNode('Actions', CREATE_ADDRESS);
		await editor.addField('Type');
		expect(await editor.countIssues('type')).toBe(0);
		await expectSaved(CREATE_ADDRESS, 'addressFields', { type: '' });
		await editor.chooseOption('type', 'Main');
		expect(await editor.countIssues('type')).toBe(0);
		await expectSaved(CREATE_ADDRESS, 'addressFields', { type: 'main' });
	});
});
