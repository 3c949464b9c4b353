import type { ApiReply } from './resource.cts';
import type { Settings } from './settings.cts';

/**
 * @param redacted The reply that shows the redacted object.
 * @returns What a redaction answers, which is not documented: that, or nothing as a deletion does.
 */
export const redactionReply = (redacted: ApiReply, settings: Settings): ApiReply =>
	settings.redactReply === 'object' ? redacted : { status: 204 };
