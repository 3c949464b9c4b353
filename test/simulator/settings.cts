/**
 * Everything that can be switched while the simulator runs. Facts come as defaults; where the
 * documentation is silent or contradicts itself, a switch offers each possible behaviour.
 */
export interface Settings {
	/** Accepted keys; the prefix `test_` or `live_` decides the mode. */
	keys: string[];
	/** Answered with 403. */
	forbiddenKeys: string[];
	/** Answered with 402. */
	noCreditKeys: string[];

	/** Requests per second and key; null for no limit. */
	rateLimit: { live: number; test: number } | null;
	/** How long a key that went over the limit stays shut out, in ms. No length is documented. */
	rateLimitBlockMs: number;
	/** Header sent with a rate limit 429. Not documented. */
	retryAfter: { as: 'seconds' | 'date'; seconds: number } | null;
	/** Answer every request that starts checks with the quota's 429. */
	quotaExceeded: boolean;
	/** Larger bodies get 413. The real limit is not documented. */
	maxBodyBytes: number;

	/** `remainingCredit: null` leaves the property out, as on plans without credit. */
	accountInfo: { username: string; plan: string; remainingCredit: number | null };

	/** Time from complete to outcome, in ms. Also applies to sessions already processing. */
	processingMs: number;
	/** Testing Data says clear/attention, the Python client clear/review/decline. */
	outcomeVocabulary: 'clear/attention' | 'clear/review/decline';
	/** Body after a successful cancel: `{"status":"cancelled"}`, the session, or none. */
	cancelReply: 'status' | 'session' | 'empty';
	/** Completing a session that is processing or complete; accepting starts the checks again. */
	completeAgain: 'accept' | 'reject';
	/** Completing a session that is cancelled or abandoned. */
	completeWhenClosed: 'accept' | 'reject';
	wrongStatusCode: 400 | 422;
	/** Reply to an ID that is not 24 hex characters. */
	malformedIdReply: 'notFound' | 'invalidRequest';

	/** `page` or `pageSize` out of range or not a number. */
	badPaging: 'empty' | 'clamp' | 'reject';
	/** Whether `items` of an empty list falls under the rule that empty properties are left out. */
	emptyListItems: 'array' | 'omitted';
	emptyListPages: 0 | 1;
	/** Filters beside the four date ones. `status` is likely but not confirmed. */
	sessionFilters: string[];
}

/**
 * @returns A fresh set of defaults: the documented values, and the likelier of two where unknown.
 */
export function defaultSettings(): Settings {
	return {
		keys: [
			'test_simulator_key_0001',
			'test_simulator_key_0002',
			'live_simulator_key_0001',
			'live_simulator_key_0002',
		],
		forbiddenKeys: ['test_forbidden_key', 'live_forbidden_key'],
		noCreditKeys: ['live_no_credit_key'],
		rateLimit: { live: 10, test: 5 },
		rateLimitBlockMs: 0,
		retryAfter: null,
		quotaExceeded: false,
		maxBodyBytes: 20 * 1024 * 1024,
		accountInfo: { username: 'Example Ltd', plan: 'Essentials Plan', remainingCredit: 8000 },
		processingMs: 2000,
		outcomeVocabulary: 'clear/attention',
		cancelReply: 'status',
		completeAgain: 'accept',
		completeWhenClosed: 'reject',
		wrongStatusCode: 400,
		malformedIdReply: 'notFound',
		badPaging: 'empty',
		emptyListItems: 'array',
		emptyListPages: 0,
		sessionFilters: ['clientId', 'workflowTemplateId', 'status', 'outcome'],
	};
}

const strings = { type: 'array', items: { type: 'string' } };
const count = { type: 'integer', minimum: 0 };
const object = (properties: Record<string, unknown>) => ({
	type: 'object',
	properties,
	required: Object.keys(properties),
	additionalProperties: false,
});

/** JSON Schema of a change of settings; every property optional. */
export const settingsSchema = {
	type: 'object',
	additionalProperties: false,
	properties: {
		keys: strings,
		forbiddenKeys: strings,
		noCreditKeys: strings,
		rateLimit: { ...object({ live: count, test: count }), nullable: true },
		rateLimitBlockMs: count,
		retryAfter: {
			...object({ as: { enum: ['seconds', 'date'] }, seconds: count }),
			nullable: true,
		},
		quotaExceeded: { type: 'boolean' },
		maxBodyBytes: count,
		accountInfo: object({
			username: { type: 'string' },
			plan: { type: 'string' },
			remainingCredit: { type: 'number', nullable: true },
		}),
		processingMs: count,
		outcomeVocabulary: { enum: ['clear/attention', 'clear/review/decline'] },
		cancelReply: { enum: ['status', 'session', 'empty'] },
		completeAgain: { enum: ['accept', 'reject'] },
		completeWhenClosed: { enum: ['accept', 'reject'] },
		wrongStatusCode: { enum: [400, 422] },
		malformedIdReply: { enum: ['notFound', 'invalidRequest'] },
		badPaging: { enum: ['empty', 'clamp', 'reject'] },
		emptyListItems: { enum: ['array', 'omitted'] },
		emptyListPages: { enum: [0, 1] },
		sessionFilters: strings,
	} satisfies Record<keyof Settings, unknown>,
};
