import type { Operation } from '../resource';
import { pathOf, type LiveCapture } from './capture';

/** API pages "Delete a live photo", "Delete live video". */
export const remove = (capture: LiveCapture): Operation => ({
	name: 'Delete',
	value: 'delete',
	action: `Delete ${capture.name} permanently`,
	description: [`Cannot be undone. Deletes a ${capture.name}.`, capture.deletionNote]
		.filter(Boolean)
		.join(' '),
	request: { method: 'DELETE', path: pathOf(capture) },
	plan: {
		kind: 'delete',
		idFrom: capture.id.name,
		object: capture.name,
		getPath: pathOf(capture),
	},
	hint: `Deleting a ${capture.name} at ComplyCube cannot be undone.`,
	fields: [capture.id],
});
