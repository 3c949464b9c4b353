/** Follows the README's first workflow in the real editor, and looks for the README's words on the screen. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../built/packed.cts';
import { editor, person, sandbox } from './stage.cts';

const README = readFileSync(join(PACKAGE_ROOT, 'README.md'), 'utf8');

/** Buttons with a picture in place of a word, and the kind of key. */
const NOT_ON_SCREEN = ['+', '✕', 'test'];

/** What a part of the README prints in italics or bold: the words of the editor. */
const wordsOf = (part: string): string[] =>
	[...part.matchAll(/(?<![\w*])(_|\*\*)(?=\S)(.+?)\1(?![\w*])/gs)]
		.map(([, , words]) => words.replace(/\s+/g, ' '))
		.filter((words) => !NOT_ON_SCREEN.includes(words));

const between = (start: string, end: string): string => {
	const from = README.indexOf(start);
	return README.slice(from, README.indexOf(end, from));
};

/** All that the screen has shown since it was emptied. */
let seen = '';
const look = async (also: string | null = '') => {
	seen += `\n${await editor.readScreen()}\n${also}`;
};

const addAfter = async (node: string, action: string) => {
	await look(await editor.zoomToFit());
	await editor.openNodesPanelAfter(node);
	await editor.searchNodes('ComplyCube', 'ComplyCube');
	await look();
	await editor.listComplyCube('Actions', action);
	await look();
	await editor.addListed(action);
	await look();
};

const execute = async () => {
	await editor.executeStep();
	await editor.showOutputSchema();
	await look();
};

/** The items that the branches of the If node gave in the latest execution. */
const readBranches = async (workflowId: string) => {
	const rows = await sandbox.listExecutions(workflowId);
	const { data } = await sandbox.n8n.client.getExecution(String(rows.at(-1)!.id));
	return data.If.map((items) =>
		items.map(({ json }) => (json.result as { outcome: string }).outcome),
	);
};

let workflowId: string;

person('builds the first workflow with the words of the README', async () => {
	await editor.openMenuOfNew();
	await look();
	await editor.addWorkflowFromMenu();
	await look();
	await editor.openNodesPanel();
	await look();
	await editor.addManualTrigger();

	await addAfter('When clicking ‘Execute workflow’', 'Create client');
	await editor.enterText('e.g. nathan@example.com', 'ada@example.com');
	await editor.enterText('e.g. Nathan', 'Ada');
	await editor.enterText('e.g. Smith', 'Example');
	await execute();
	await editor.closeDetails();

	await addAfter('Create client', 'Create check (charged)');
	await editor.dragInput('id', { parameter: 'clientId' });
	await execute();
	const [check] = await editor.readOutput();
	expect(check).toMatchObject({ type: 'standard_screening_check', status: 'pending' });
	await editor.closeDetails();

	await addAfter('Create check (charged)', 'Get check');
	await editor.dragInput('id', { parameter: 'checkId' });
	await look();
	await editor.addField('Wait for Outcome');
	await editor.turnOn('waitForOutcome');
	await execute();
	const [got] = await editor.readOutput();
	expect(got).toMatchObject({ id: check.id, status: 'complete' });
	expect(got.result).toContain('clear');
	await editor.closeDetails();

	await editor.zoomToFit();
	await editor.openNodesPanelAfter('Get check');
	await editor.addNode('If');
	await look();
	await editor.dragInput('outcome', { placeholder: 'value1' });
	await editor.enterText('value2', 'clear');
	await editor.executeStep();
	await editor.closeDetails();
	await look();
	workflowId = await editor.save();
	expect(await readBranches(workflowId)).toEqual([['clear'], []]);

	const words = wordsOf(between('## Your first workflow', 'Real customers'));
	expect(words.length).toBeGreaterThan(15);
	expect(words.filter((word) => !seen.includes(word))).toEqual([]);
});

person('sees the other branch with another last name', async () => {
	await editor.openDetails('Create client');
	await editor.enterText('e.g. Smith', 'attention');
	await editor.closeDetails();
	await editor.executeWorkflow();
	expect(await readBranches(workflowId)).toEqual([[], ['attention']]);
});

person('sees the event of its check with the words of the README', async () => {
	seen = '';
	await editor.newWorkflow();
	await editor.openNodesPanel();
	await editor.searchNodes('ComplyCube', 'ComplyCube');
	await editor.listComplyCube('Triggers', 'On check completed');
	await look();
	await editor.addListed('On check completed');
	await look();
	await editor.listenForTestEvent();
	await sandbox.n8n.client.runWorkflow(workflowId);
	await editor.waitForRun();
	const [event] = await editor.readOutput();
	expect(event.type).toBe('check.completed');
	await editor.closeDetails();
	await look();

	const words = wordsOf(between('As the first step of', '- **An event is only'));
	expect(words.length).toBeGreaterThan(3);
	expect(words.filter((word) => !seen.includes(word))).toEqual([]);
});
