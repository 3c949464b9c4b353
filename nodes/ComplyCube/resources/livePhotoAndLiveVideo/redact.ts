import type { Operation } from '../resource';
import { pathOf, type LiveCapture } from './capture';

/** API pages "Redact live photo", "Redact live video". */
export const redact = (capture: LiveCapture): Operation => ({
	name: 'Redact',
	value: 'redact',
	action: `Redact ${capture.name} permanently`,
	description: `Cannot be undone. Makes a ${capture.name} unrecognizable everywhere at ComplyCube, including in checks.`,
	request: { method: 'POST', path: `${pathOf(capture)}/redact` },
	plan: {
		kind: 'change',
		idFrom: capture.id.name,
		addToReply: { redacted: true },
		inDoubt: `The ${capture.name} may have been redacted all the same. It is safe to run this item again: what is redacted stays redacted.`,
	},
	hint: `Redacting cannot be undone, and applies to every copy of the ${capture.name} at ComplyCube, including in checks.`,
	fields: [capture.id],
});
