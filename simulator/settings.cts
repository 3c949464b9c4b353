import { EVENT_TYPES } from './events.cts';
import { exactObject } from './jsonSchema.cts';
import type { KnownAddress, RegisteredCompany } from './lookups.cts';
import { retryAfterSchema } from './rateLimit.cts';
import type { RetryAfter } from './rateLimit.cts';

/** A workflow of the account, made in the Web Portal; no endpoint shows it. */
export interface WorkflowTemplate {
	id: string;
	name: string;
	/** Of the active version. */
	workflowId: string;
	version: number;
	/** Whether any version is active; if not, no session can be created. */
	active: boolean;
	/** The checks that a session runs. */
	checkTypes: string[];
}

/**
 * Everything that can be changed while the simulator runs. Defaults follow the documentation; where
 * that is silent or contradicts itself, a setting offers each possible behaviour.
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
	/** How long a key is blocked once it exceeds the limit, in ms. Not documented. */
	rateLimitBlockMs: number;
	/** The `retry-after` header of a rate limit 429. Not documented. */
	retryAfter: RetryAfter | null;
	/** Whether every request that counts in the quota gets its 429: those that start checks, and searches of the lookups. */
	quotaExceeded: boolean;
	/** Resources that the account's plan does not include, answered with 403, e.g. `customLists`. */
	notInPlan: string[];
	/** Larger bodies get 413. The real limit is not documented. */
	maxBodyBytes: number;

	/** `remainingCredit: null` leaves the property out, as on plans without credit. */
	accountInfo: { username: string; plan: string; remainingCredit: number | null };

	/** Companies in public registers. */
	registeredCompanies: RegisteredCompany[];
	/** What is around the results of a company search. Not documented. */
	companySearchReply: 'envelope' | 'total' | 'itemsOnly';
	/** Whether reading a company counts in the quota. The page "Service Quota" does not list it. */
	companyDetailsCount: boolean;
	/** Addresses that exist. */
	knownAddresses: KnownAddress[];
	screeningLists: string[];
	/** Check type, document type, country: how many sides. */
	supportedDocuments: Record<string, Record<string, Record<string, { sides: number }>>>;
	/** Reply to adding a record to a custom list. Not documented. */
	addRecordReply: 'empty' | 'record' | 'list';

	/**
	 * Time from completing to the outcome, in ms. A change also applies to sessions already
	 * processing.
	 */
	processingMs: number;
	/** "Testing Data" says clear/attention, the Python client clear/review/decline. */
	outcomeVocabulary: 'clear/attention' | 'clear/review/decline';
	/** Body after a successful cancel: `{"status":"cancelled"}`, the session, or none. */
	cancelReply: 'status' | 'session' | 'empty';
	/**
	 * Reply to completing a session that is processing or complete; `accept` runs the checks again.
	 */
	completeAgain: 'accept' | 'reject';
	/** Reply to completing a session that is cancelled or abandoned. */
	completeWhenClosed: 'accept' | 'reject';
	wrongStatusCode: 400 | 422;
	/** Reply to an ID that is not 24 hex characters. */
	malformedIdReply: 'notFound' | 'invalidRequest';

	/** Reply to a reference to an unknown object, e.g. in `clientId`. */
	unknownReferenceReply: 'notFound' | 'invalidRequest';
	/** Reply to a list without `clientId`, where the documentation always has one. */
	listWithoutClientId: 'reject' | 'all';
	/** Maximum number of keys in a client's `metadata`; older pages say 20. */
	metadataKeys: number;
	/** Size limits of an uploaded image; whether a KB is 1024 bytes is not documented. */
	imageBytes: { min: number; max: number };
	/** Types whose document check needs a back image. Which types is not documented. */
	twoSidedDocuments: string[];
	/** Types of check that need `clientConsent`. Which types is not documented. */
	clientConsentTypes: string[];
	/** The `outcome` in the reply to a validation: the one given, or the check's new one. */
	validateReply: 'validation' | 'check';
	/** Whether an outcome changed by validation sends `check.completed` besides `check.updated`. */
	validationCompletes: boolean;
	/** Reply to a redaction: an empty 204, or the object. */
	redactReply: 'empty' | 'object';
	/** "Reports" says application/pdf, the example of its endpoints images/jpg. */
	reportContentType: 'application/pdf' | 'images/jpg';
	/** The `data` of a workflow session's report: a link, as documented, or the file. */
	sessionReportData: 'link' | 'base64';
	/** How long such a link is good, in ms. */
	contentLinkMs: number;
	/** Reply to an autofill: what was read, with an image of the holder or without. Not documented. */
	autofillReply: 'withImage' | 'withoutImage';
	/** Whether the `metadata` of an update replaces all entries, or adds to them. Not documented. */
	metadataUpdate: 'replace' | 'merge';

	/** The workflows that hosted sessions can run. */
	workflowTemplates: WorkflowTemplate[];
	/** Reply to an unknown template, or one without an active version. */
	unusableTemplateReply: 'invalidRequest' | 'notFound';
	/** Whether opening the link or pressing Start creates the workflow session. */
	applicantBegins: 'start' | 'open';
	/**
	 * Whether finishing the hosted session completes the workflow session, or leaves that to the API.
	 */
	applicantFinish: 'completes' | 'leavesStarted';
	/** Whether cancelling the hosted session cancels the workflow session, or leaves it started. */
	applicantCancel: 'cancels' | 'leavesStarted';

	/** Reply to a `page` or `pageSize` that is out of range or not a number. */
	badPaging: 'empty' | 'clamp' | 'reject';
	/** Whether the rule that empty properties are left out applies to `items` of an empty list. */
	emptyListItems: 'array' | 'omitted';
	emptyListPages: 0 | 1;
	/** Filters besides the four dates. `status` is likely but not confirmed. */
	sessionFilters: string[];
	/** Whether an unsupported filter finds nothing, as documented, or is ignored. */
	unsupportedFilters: 'empty' | 'ignore';

	/** Only `enabled` has been seen in use. */
	webhookFilters: string[];
	/**
	 * The documentation demands HTTPS; whether the API enforces it is unknown. Loopback spares tests
	 * a certificate.
	 */
	webhookUrls: 'https' | 'httpsOrLoopback' | 'any';
	/** Maximum number of webhooks in each mode. */
	webhookLimit: number;
	webhookLimitCode: 400 | 422;
	/** Types that the service knows; events of other types are not sent. */
	eventTypes: string[];
	/** Reply to a subscription to any other type. */
	unknownEvents: 'reject' | 'accept';
	/**
	 * Types that `*` does not include. An older text says that there are some, without naming them.
	 */
	explicitEvents: string[];

	/** `resourceType` of a session's events. Not documented. */
	sessionResourceType: string;
	/** Payload of a session's events; only `id` is certain. */
	sessionPayload: 'summary' | 'withTemplate' | 'idOnly';
	/**
	 * What a webhook gets that subscribed to both, e.g., `check.completed` and
	 * `check.completed.clear`.
	 */
	completedCheckDeliveries: 'both' | 'general' | 'specific';
	completedCheckEventIds: 'different' | 'shared';

	/** Time limit for the complete answer to a delivery, in ms. */
	deliveryTimeoutMs: number;
	/** Waits between attempts; when the last attempt fails, the webhook is disabled. */
	deliveryRetryDelaysMs: number[];
	/** How many deliveries to one origin run at once; others wait. Not documented. */
	deliveriesAtOnce: number;
}

/** Of ten delays, 60, 120 and 480 s are documented. Assumption: the others double. */
const RETRY_DELAYS_S = [60, 120, 480, 960, 1920, 3840, 7680, 15_360, 30_720, 61_440];

/**
 * @returns A fresh set of defaults: the documented values, or the likeliest ones.
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
		notInPlan: [],
		maxBodyBytes: 20 * 1024 * 1024,
		accountInfo: { username: 'Example Ltd', plan: 'Essentials Plan', remainingCredit: 8000 },
		// Found by what the PHP client's tests look for; everything else about them is made up.
		registeredCompanies: [
			{
				id: '67625f5f3131343535333733',
				name: 'CLEDARA EXAMPLE ONE LIMITED',
				registrationNumber: '00000001',
				incorporationCountry: 'GB',
				incorporationDate: '2018-01-31',
				incorporationType: 'Private Limited Company',
				address: { line: '1 Example Street', city: 'London', postalCode: 'W10 1LL', country: 'GB' },
				active: true,
				sourceUrl: 'https://registry.example.com/00000001',
				createdAt: '2024-01-01T00:00:00.000Z',
				updatedAt: '2024-01-01T00:00:00.000Z',
				owners: [
					{
						type: 'shareholder',
						role: 'shareholder',
						entityType: 'person',
						entityName: 'Ada Example',
						ownershipType: 'direct',
						firstName: 'Ada',
						lastName: 'Example',
						nationality: 'GB',
						countryOfResidence: 'GB',
					},
				],
				officers: [
					{
						entityName: 'Ada Example',
						role: 'director',
						occupation: 'Engineer',
						nationality: 'GB',
						firstName: 'Ada',
						lastName: 'Example',
						active: true,
					},
				],
				filings: [
					{
						name: 'CS01',
						description: 'Confirmation statement',
						type: 'confirmation-statement',
						date: '2023-01-31',
						fileUrl: 'https://registry.example.com/00000001/cs01.pdf',
					},
				],
				industryCodes: [{ code: '62012', description: 'Software', scheme: 'SIC' }],
			},
			{
				id: '67625f5f3132333435363738',
				name: 'CLEDARA EXAMPLE TWO LIMITED',
				registrationNumber: '00000002',
				incorporationCountry: 'GB',
				active: false,
			},
		],
		companySearchReply: 'envelope',
		companyDetailsCount: false,
		knownAddresses: [
			{
				propertyNumber: '4',
				line: 'Example Street',
				city: 'London',
				state: 'Greater London',
				postalCode: 'W10 1LL',
				country: 'GB',
			},
		],
		screeningLists: [
			'African Development Bank Group (AFDB)',
			'Federal Bureau of Investigation (FBI)',
			'HM Treasury Sanctions List',
		],
		supportedDocuments: {
			document_check: {
				national_identity_card: { BE: { sides: 2 } },
				passport: { AE: { sides: 1 }, GB: { sides: 1 } },
			},
		},
		addRecordReply: 'empty',
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
		sessionReportData: 'link',
		contentLinkMs: 600_000,
		autofillReply: 'withImage',
		metadataUpdate: 'replace',
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
		unsupportedFilters: 'empty',
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
const objects = { type: 'array', items: { type: 'object' } };
const count = { type: 'integer', minimum: 0 };

/** JSON Schema of a change of settings; every property is optional. */
export const settingsSchema = exactObject(
	{
		keys: strings,
		forbiddenKeys: strings,
		noCreditKeys: strings,
		rateLimit: { ...exactObject({ live: count, test: count }), nullable: true },
		rateLimitBlockMs: count,
		retryAfter: { ...retryAfterSchema, nullable: true },
		quotaExceeded: { type: 'boolean' },
		notInPlan: strings,
		maxBodyBytes: count,
		accountInfo: exactObject({
			username: { type: 'string' },
			plan: { type: 'string' },
			remainingCredit: { type: 'number', nullable: true },
		}),
		registeredCompanies: objects,
		companySearchReply: { enum: ['envelope', 'total', 'itemsOnly'] },
		companyDetailsCount: { type: 'boolean' },
		knownAddresses: objects,
		screeningLists: strings,
		supportedDocuments: { type: 'object' },
		addRecordReply: { enum: ['empty', 'record', 'list'] },
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
		sessionReportData: { enum: ['link', 'base64'] },
		contentLinkMs: count,
		autofillReply: { enum: ['withImage', 'withoutImage'] },
		metadataUpdate: { enum: ['replace', 'merge'] },
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
		unsupportedFilters: { enum: ['empty', 'ignore'] },
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
