import { accountCalls } from './account.cts';
import type { Call } from './call.cts';
import { checkCalls } from './checks.cts';
import { clientCalls } from './clients.cts';
import { fileCalls } from './files.cts';
import { BURST, deletionCalls } from './last.cts';
import { lookupCalls } from './lookups.cts';
import { endingCalls, sessionCalls } from './sessions.cts';
import { webhookCalls } from './webhooks.cts';

/** The calls, in the order in which they are made. */
export const CALLS: Call[] = [
	...accountCalls,
	...sessionCalls,
	...endingCalls,
	...clientCalls,
	...fileCalls,
	...checkCalls,
	...lookupCalls,
	...webhookCalls,
	...deletionCalls,
];

/** What may keep the key from being used for a while: made when everything is removed. */
export const LAST_CALLS: Call[] = [BURST];
