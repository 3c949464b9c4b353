import type { Operation } from '../resource';
import { pathOf, type LiveCapture } from './capture';

/** API pages "Get a live photo", "Get a live video". */
export const get = (capture: LiveCapture): Operation => ({
	name: 'Get',
	value: 'get',
	action: `Get ${capture.name}`,
	description: `Get the details of a ${capture.name}: its client, ${capture.facts}`,
	request: { method: 'GET', path: pathOf(capture) },
	plan: { kind: 'read' },
	fields: [capture.id],
});
