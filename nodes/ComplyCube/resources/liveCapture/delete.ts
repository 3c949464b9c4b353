import { operation } from '../../pipeline/pipeline';
import type { Operation } from '../resource';
import { pathOf, type LiveCapture } from './capture';

/** API pages "Delete a live photo", "Delete live video". */
export const remove = (capture: LiveCapture): Operation => ({
	name: 'Delete',
	value: 'delete',
	action: `Delete ${capture.name}`,
	description: [`Delete a ${capture.name}. It cannot be undone.`, capture.deletionNote]
		.filter(Boolean)
		.join(' '),
	routing: {
		request: { method: 'DELETE', url: pathOf(capture) },
		operations: {
			pagination: operation({
				idFrom: capture.id.name,
				deletion: { object: capture.name, look: pathOf(capture) },
			}),
		},
	},
	hint: `Delete removes the ${capture.name} at ComplyCube. It cannot be undone.`,
	properties: [capture.id],
});
