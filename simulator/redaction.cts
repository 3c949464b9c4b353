import type { ApiReply } from './resource.cts';
import type { Settings } from './settings.cts';

/**
 * @param redacted A reply with the redacted object.
 * @returns The reply to a redaction, which is not documented: that one, or an empty 204.
 */
export const redactionReply = (redacted: ApiReply, settings: Settings): ApiReply =>
	settings.redactReply === 'object' ? redacted : { status: 204 };
