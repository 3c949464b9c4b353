import { isDeepStrictEqual } from 'node:util';
import { waitFor } from '../../sandbox/process/waitFor.cts';
import { addNode, editor, person, save } from './stage.cts';

const CREATE_CLIENT = 'Create client';

describe('a country', () => {
	person('adds one without an error, and n8n stores its code', async () => {
		await addNode('Actions', CREATE_CLIENT);
		await editor.addField('Nationality');
		expect(await editor.waitForOptions('nationality')).toBeGreaterThan(200);
		expect(await editor.countIssues('nationality')).toBe(0);
		await editor.chooseOption('nationality', 'France');
		expect(await editor.countIssues('nationality')).toBe(0);
		const { readParameters } = await save(CREATE_CLIENT);
		const readFields = async () => (await readParameters())?.clientFields;
		await waitFor(async () => isDeepStrictEqual(await readFields(), { nationality: 'FR' }));
		expect(await readFields()).toEqual({ nationality: 'FR' });
	});
});
