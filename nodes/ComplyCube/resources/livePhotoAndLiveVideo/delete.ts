import type { Operation } from '../resource';
import { pathOf, type LiveCapture } from './capture';

/** API pages "Delete a live photo", "Delete live video". */
export const remove = (capture: LiveCapture): Operation => ({
	name: 'Delete',
	value: 'delete',
	action: `Delete ${capture.name} permanently`,
	description: [`Delete a ${capture.name}. It cannot be undone.`, capture.deletionNote]
		.filter(Boolean)
		.join(' '),
	request: { method: 'DELETE', path: pathOf(capture) },
	plan: {
		kind: 'delete',
		idFrom: capture.id.name,
		object: capture.name,
		getPath: pathOf(capture),
	},
	hint: `Delete removes the ${capture.name} at ComplyCube. It cannot be undone.`,
	fields: [capture.id],
});
