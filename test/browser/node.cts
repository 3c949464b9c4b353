import { addNode, editor, person, sandbox } from './stage.cts';

const GET_SESSION = 'Get workflow session';

describe('the node', () => {
	person('gets a session picked by the name of its client', async () => {
		sandbox.simulator.workflowSessions.seed({ entityName: 'Ada Example', count: 3 });
		const [{ id }] = sandbox.simulator.workflowSessions.seed({
			entityName: 'Grace Sample',
			status: 'complete',
		});
		await addNode('Actions', GET_SESSION);
		const found = await editor.searchList('workflowSessionId', 'grace');
		expect(found).toEqual([expect.stringMatching(/^Grace Sample · complete · \d{4}-\d\d-\d\d/)]);
		await editor.pickFromList(found[0]);
		await editor.executeStep();
		const [item, ...more] = await editor.readOutput();
		expect(item).toMatchObject({ id, entityName: 'Grace Sample', outcome: 'clear' });
		expect(item.allRelatedChecks).toContain('document_check');
		expect(more).toEqual([]);
	});

	person('is warned of charges before the run, and not after it', async () => {
		const [{ id }] = sandbox.simulator.workflowSessions.seed({ status: 'started' });
		await addNode('Actions', 'Complete workflow session (charged)');
		await editor.enterId('workflowSessionId', id);
		const warnings = async () => (await editor.readHints()).join();
		expect(await warnings()).toContain('With a live key, they are charged.');
		await editor.executeStep();
		expect(await warnings()).not.toContain('charged');
	});

	person('reads what is wrong with an ID that does not exist', async () => {
		await addNode('Actions', GET_SESSION);
		await editor.enterId('workflowSessionId', '5eb2b61e02df0a0008f1cf2b');
		await editor.executeStep();
		expect(await editor.readError()).toEqual({
			message: "Invalid workflow session id '5eb2b61e02df0a0008f1cf2b'",
			description:
				'Check the ID, and that the API key belongs to the same environment: an object made with a test key cannot be seen with a live key, nor the other way round.',
		});
	});
});
