import { waitFor } from '../../sandbox/process/waitFor.cts';
import { addNode, editor, person, sandbox } from './stage.cts';

const TRIGGER = 'ComplyCube Trigger';

describe('on the canvas', () => {
	afterAll(async () => await editor?.useColours('light'));

	person('reads below the node what it does', async () => {
		await addNode('Actions', 'Get workflow session');
		await editor.closeDetails();
		expect(await editor.readSubtitle('Get workflow session')).toBe('get: workflowSession');
	});

	person('sees the icon in light and dark colours', async () => {
		const seesIcon = async (file: string) => {
			const path = `/icons/n8n-nodes-complycube/dist/nodes/ComplyCube/${file}`;
			await waitFor(async () => String(await editor.readIcons(TRIGGER)) === `${path},${path}`);
			expect(await editor.readIcons(TRIGGER)).toEqual([path, path]);
			const response = await fetch(`${sandbox.n8n.url}${path}`);
			expect(response.headers.get('content-type')).toContain('svg');
		};
		await addNode('Triggers', 'On workflow session completed');
		expect(await editor.readSubtitle(TRIGGER)).toBe('workflow.session.completed');
		await seesIcon('complycube.svg');
		const light = await editor.readTextColour();
		await editor.useColours('dark');
		await seesIcon('complycube.dark.svg');
		expect(await editor.readTextColour()).not.toBe(light);
	});
});
