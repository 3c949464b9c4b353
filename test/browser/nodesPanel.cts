import { editor, person } from './stage.cts';

/** What somebody types who looks for this node, or does not know yet that there is one. */
const SEARCHES = [
	'complycube',
	'comply cube',
	'kyc',
	'identity',
	'identity check',
	'verify identity',
	'id verification',
	'background check',
	'fraud',
	'passport',
	'liveness',
	'adverse media',
	'due diligence',
];

describe('the nodes panel', () => {
	person('finds the node by its purpose', async () => {
		await editor.newWorkflow();
		await editor.openNodesPanel();
		for (const text of SEARCHES) {
			expect(await editor.searchNodes(text, 'ComplyCube')).toContain('ComplyCube');
		}
	});
});
