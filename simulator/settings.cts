import { EVENT_TYPES } from './events.cts';
import { exactObject } from './jsonSchema.cts';
import { retryAfterSchema } from './rateLimit.cts';
import type { RetryAfter } from './rateLimit.cts';

/** A workflow of the account, as made in the Web Portal; no endpoint shows it. */
export interface WorkflowTemplate {
	id: string;
	name: string;
	/** Of the active version. */
	workflowId: string;
	version: number;
	/** Whether any version is active; without, no session can be made. */
	active: boolean;
	/** What a session of it runs. */
	checkTypes: string[];
}

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
	retryAfter: RetryAfter | null;
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

	/** Reply to a field that refers to something unknown, e.g. a `clientId`. */
	unknownReferenceReply: 'notFound' | 'invalidRequest';
	/** Lists that are documented with a `clientId`, asked for without. */
	listWithoutClientId: 'reject' | 'all';
	/** Most keys of a client's `metadata`; older pages say 20. */
	metadataKeys: number;
	/** Limits of an uploaded image; whether a KB is 1024 bytes is not documented. */
	imageBytes: { min: number; max: number };
	/** Types whose document check needs a back image. Which types is not documented. */
	twoSidedDocuments: string[];
	/** Types of check that need `clientConsent`. Which types is not documented. */
	clientConsentTypes: string[];
	/** `outcome` that validating answers with: the one it was given, or the check's new one. */
	validateReply: 'validation' | 'check';
	/** Whether an outcome changed by validation counts as `check.completed` beside `check.updated`. */
	validationCompletes: boolean;
	/** Body after a redaction: none, with a 204, or the object. */
	redactReply: 'empty' | 'object';
	/** Reports says application/pdf, the example of its endpoints images/jpg. */
	reportContentType: 'application/pdf' | 'images/jpg';

	/** What hosted sessions can be made of. */
	workflowTemplates: WorkflowTemplate[];
	/** Reply to an unknown template, or one without an active version. */
	unusableTemplateReply: 'invalidRequest' | 'notFound';
	/** Which act of the applicant begins the workflow session. */
	applicantBegins: 'start' | 'open';
	/** Whether a finished hosted session completes itself, or waits to be completed by the API. */
	applicantFinish: 'completes' | 'leavesStarted';
	/** Whether cancelling cancels the workflow session, or leaves it for another time. */
	applicantCancel: 'cancels' | 'leavesStarted';

	/** `page` or `pageSize` out of range or not a number. */
	badPaging: 'empty' | 'clamp' | 'reject';
	/** Whether `items` of an empty list falls under the rule that empty properties are left out. */
	emptyListItems: 'array' | 'omitted';
	emptyListPages: 0 | 1;
	/** Filters beside the four date ones. `status` is likely but not confirmed. */
	sessionFilters: string[];

	/** Only `enabled` was seen in use. */
	webhookFilters: string[];
	/** HTTPS is demanded, but perhaps not enforced; loopback is for tests, without certificates. */
	webhookUrls: 'https' | 'httpsOrLoopback' | 'any';
	/** In each mode. */
	webhookLimit: number;
	webhookLimitCode: 400 | 422;
	/** Types that the service knows; nothing of another type is announced. */
	eventTypes: string[];
	/** Subscribing to a type that is not among them. */
	unknownEvents: 'reject' | 'accept';
	/** Types that `*` leaves out. An older text says that there are some, and does not name them. */
	explicitEvents: string[];

	/** `resourceType` of a session's events. Not documented. */
	sessionResourceType: string;
	/** What a session's events say of it; only `id` can be relied upon. */
	sessionPayload: 'summary' | 'withTemplate' | 'idOnly';
	/** To a webhook that subscribed to both e.g. `check.completed` and `check.completed.clear`. */
	completedCheckDeliveries: 'both' | 'general' | 'specific';
	completedCheckEventIds: 'different' | 'shared';

	/** Time for the whole answer to a delivery, in ms. */
	deliveryTimeoutMs: number;
	/** Waits between the attempts; after the last the webhook is disabled. */
	deliveryRetryDelaysMs: number[];
	/** Deliveries under way to one address; others wait. Not documented. */
	deliveriesAtOnce: number;
}

/** 60, 120 and 480 s are documented of 10. Assumption: the rest doubles. */
const RETRY_DELAYS_S = [60, 120, 480, 960, 1920, 3840, 7680, 15_360, 30_720, 61_440];

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
		unknownReferenceReply: 'notFound',
		listWithoutClientId: 'reject',
		metadataKeys: 50,
		imageBytes: { min: 34 * 1024, max: 4 * 1024 * 1024 },
		// The PHP client's tests check a driving licence with a front image only.
		twoSidedDocuments: ['national_identity_card', 'residence_permit'],
		clientConsentTypes: [],
		validateReply: 'validation',
		validationCompletes: true,
		redactReply: 'empty',
		reportContentType: 'application/pdf',
		workflowTemplates: [
			{
				id: '68566be2a37a78622f4f7be3',
				name: 'AML + Liveness + Document Verification flow',
				workflowId: '68566be3a37a78622f4f7be7',
				version: 1,
				active: true,
				checkTypes: ['document_check', 'identity_check', 'extensive_screening_check'],
			},
			{
				id: '688f1e2837d2a9000202ad01',
				name: 'Age estimation flow',
				workflowId: '6890d6941fb9b80002b0c1df',
				version: 2,
				active: true,
				checkTypes: ['age_estimation_check'],
			},
		],
		unusableTemplateReply: 'invalidRequest',
		applicantBegins: 'start',
		applicantFinish: 'completes',
		applicantCancel: 'cancels',
		badPaging: 'empty',
		emptyListItems: 'array',
		emptyListPages: 0,
		sessionFilters: ['clientId', 'workflowTemplateId', 'status', 'outcome'],
		webhookFilters: ['enabled'],
		webhookUrls: 'httpsOrLoopback',
		webhookLimit: 20,
		webhookLimitCode: 400,
		eventTypes: [...EVENT_TYPES],
		unknownEvents: 'reject',
		explicitEvents: [],
		sessionResourceType: 'workflowSession',
		sessionPayload: 'summary',
		completedCheckDeliveries: 'both',
		completedCheckEventIds: 'different',
		deliveryTimeoutMs: 15_000,
		deliveryRetryDelaysMs: RETRY_DELAYS_S.map((seconds) => seconds * 1000),
		deliveriesAtOnce: 10,
	};
}

const strings = { type: 'array', items: { type: 'string' } };
const count = { type: 'integer', minimum: 0 };

/** JSON Schema of a change of settings; every property optional. */
export const settingsSchema = exactObject(
	{
		keys: strings,
		forbiddenKeys: strings,
		noCreditKeys: strings,
		rateLimit: { ...exactObject({ live: count, test: count }), nullable: true },
		rateLimitBlockMs: count,
		retryAfter: { ...retryAfterSchema, nullable: true },
		quotaExceeded: { type: 'boolean' },
		maxBodyBytes: count,
		accountInfo: exactObject({
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
		unknownReferenceReply: { enum: ['notFound', 'invalidRequest'] },
		listWithoutClientId: { enum: ['reject', 'all'] },
		metadataKeys: count,
		imageBytes: exactObject({ min: count, max: count }),
		twoSidedDocuments: strings,
		clientConsentTypes: strings,
		validateReply: { enum: ['validation', 'check'] },
		validationCompletes: { type: 'boolean' },
		redactReply: { enum: ['empty', 'object'] },
		reportContentType: { enum: ['application/pdf', 'images/jpg'] },
		workflowTemplates: {
			type: 'array',
			items: exactObject({
				id: { type: 'string' },
				name: { type: 'string' },
				workflowId: { type: 'string' },
				version: count,
				active: { type: 'boolean' },
				checkTypes: strings,
			}),
		},
		unusableTemplateReply: { enum: ['invalidRequest', 'notFound'] },
		applicantBegins: { enum: ['start', 'open'] },
		applicantFinish: { enum: ['completes', 'leavesStarted'] },
		applicantCancel: { enum: ['cancels', 'leavesStarted'] },
		badPaging: { enum: ['empty', 'clamp', 'reject'] },
		emptyListItems: { enum: ['array', 'omitted'] },
		emptyListPages: { enum: [0, 1] },
		sessionFilters: strings,
		webhookFilters: strings,
		webhookUrls: { enum: ['https', 'httpsOrLoopback', 'any'] },
		webhookLimit: count,
		webhookLimitCode: { enum: [400, 422] },
		eventTypes: strings,
		unknownEvents: { enum: ['reject', 'accept'] },
		explicitEvents: strings,
		sessionResourceType: { type: 'string' },
		sessionPayload: { enum: ['summary', 'withTemplate', 'idOnly'] },
		completedCheckDeliveries: { enum: ['both', 'general', 'specific'] },
		completedCheckEventIds: { enum: ['different', 'shared'] },
		deliveryTimeoutMs: count,
		deliveryRetryDelaysMs: { type: 'array', items: count },
		deliveriesAtOnce: { type: 'integer', minimum: 1 },
	} satisfies Record<keyof Settings, unknown>,
	[],
);
