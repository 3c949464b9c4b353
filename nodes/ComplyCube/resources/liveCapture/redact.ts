import { operation } from '../../pipeline/pipeline';
import type { Operation } from '../resource';
import { pathOf, type LiveCapture } from './capture';

/** API pages "Redact live photo", "Redact live video". */
export const redact = (capture: LiveCapture): Operation => ({
	name: 'Redact',
	value: 'redact',
	action: `Redact ${capture.name}`,
	description: `Make a ${capture.name} unrecognizable wherever ComplyCube keeps it, in checks too. It cannot be undone.`,
	routing: {
		request: { method: 'POST', url: `${pathOf(capture)}/redact` },
		operations: {
			pagination: operation({
				idFrom: capture.id.name,
				adds: { redacted: true },
				inDoubt: `The ${capture.name} may have been redacted all the same. It is safe to run this item again: what is redacted stays redacted.`,
			}),
		},
	},
	hint: `Redact applies to every copy of the ${capture.name} at ComplyCube, those in checks too. It cannot be undone.`,
	properties: [capture.id],
});
