import { addNode, editor, person, sandbox } from './stage.cts';

describe('the trigger', () => {
	person('sees the event that it listened for', async () => {
		await addNode('Triggers', 'On workflow session completed');
		await editor.listenForTestEvent();
		const [{ eventId }] = sandbox.simulator.deliveries.emit({
			type: 'workflow.session.completed',
			payload: { id: '5eb04fd3a2a3b4000806c8f1', outcome: 'attention' },
		});
		await editor.waitForRun();
		const [item, ...more] = await editor.readOutput();
		expect(item).toMatchObject({ id: eventId, type: 'workflow.session.completed' });
		expect(item.payload).toContain('attention');
		expect(more).toEqual([]);
	});
});
