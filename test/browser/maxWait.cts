import { addNode, editor, person } from './stage.cts';

const MAX_WAIT = 'Max Wait (Minutes)';

describe('Max Wait', () => {
	person('is offered it, with its unit, only next to Wait for Outcome', async () => {
		await addNode('Actions', 'Complete workflow session (charged)');
		expect(await editor.listFieldsToAdd()).toEqual(['Wait for Outcome']);
		await editor.addField('Wait for Outcome');
		await editor.turnOn('waitForOutcome');
		expect(await editor.listFieldsToAdd()).toEqual([MAX_WAIT]);
		await editor.addField(MAX_WAIT);
		expect(await editor.readNumber('maxWait')).toBe('10');
	});
});
