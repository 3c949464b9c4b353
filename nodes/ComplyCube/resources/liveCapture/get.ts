import { operation } from '../../pipeline/pipeline';
import type { Operation } from '../resource';
import { pathOf, type LiveCapture } from './capture';

/** API pages "Get a live photo", "Get a live video". */
export const get = (capture: LiveCapture): Operation => ({
	name: 'Get',
	value: 'get',
	action: `Get ${capture.name}`,
	description: `Read about one ${capture.name}: its client, ${capture.facts}. Reading is free.`,
	routing: {
		request: { method: 'GET', url: pathOf(capture) },
		operations: { pagination: operation() },
	},
	properties: [capture.id],
});
