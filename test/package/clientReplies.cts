/** Documented replies about clients and what belongs to them, with what the node adds, by operation. */

const CLIENT = {
	id: '5eb04fcd0f3e360008035eb1',
	type: 'person',
	entityName: 'John Doe',
	email: 'john@example.com',
	mobile: '+12345678910',
	telephone: '+12 345678910',
	externalId: '42',
	joinedDate: '2020-01-01',
	personDetails: { firstName: 'John', lastName: 'Doe', dob: '1990-01-01', nationality: 'GB' },
	metadata: { plan: 'gold' },
	createdAt: '2020-01-04T17:24:29.146Z',
	updatedAt: '2020-01-04T17:24:29.146Z',
};
const RISK_PROFILE = {
	id: CLIENT.id,
	overall: 'low',
	countryRisk: {
		risk: 'low',
		country: 'GB',
		breakdown: [
			{ source: 'Federal Bureau of Investigation (FBI)', normalisedRiskScore: 'low' },
			{ source: 'FinCEN', normalisedRiskScore: 'medium' },
		],
	},
	politicalExposureRisk: { risk: 'not_set' },
	occupationRisk: { risk: 'not_set' },
	watchlistRisk: { risk: 'not_set' },
	updatedAt: '2020-01-04T17:24:29.146Z',
};
const ADDRESS = {
	id: '5eb1276f96be4a0008713af6',
	clientId: '5eb1276d96be4a0008713af5',
	type: 'main',
	propertyNumber: 'Flat 323',
	line: 'Common street',
	city: 'Aldgate',
	state: 'London',
	postalCode: 'W10 11L',
	country: 'GB',
	fromDate: '2007-09-01',
	createdAt: '2020-01-01T14:06:44.756Z',
	updatedAt: '2020-01-01T14:06:44.756Z',
};
const IMAGE = {
	id: '5eb169302d868c0008828591',
	fileName: 'front-test.jpg',
	documentSide: 'front',
	downloadLink: '/documents/5eb158880c19580007310f22/images/5eb169302d868c0008828591/download',
	contentType: 'image/jpg',
	size: 72716,
	createdAt: '2020-01-04T17:24:29.146Z',
	updatedAt: '2020-01-04T17:24:29.146Z',
};
const DOCUMENT = {
	id: '5eb158880c19580007310f22',
	clientId: '5eb1276d96be4a0008713af5',
	type: 'driving_license',
	classification: 'proof_of_identity',
	issuingCountry: 'GB',
	images: [IMAGE],
	createdAt: '2020-01-04T17:24:29.146Z',
	updatedAt: '2020-01-04T17:24:29.146Z',
};
const LIVE_PHOTO = {
	id: '5eb1b5f231778a0008d1c3f6',
	clientId: '5eb1276d96be4a0008713af5',
	downloadLink: '/livePhotos/5eb1b5f231778a0008d1c3f6/download',
	contentType: 'images/jpg',
	performLivenessCheck: true,
	size: 44896,
	createdAt: '2020-01-01T14:06:44.756Z',
	updatedAt: '2020-01-01T14:06:44.756Z',
};
const LIVE_VIDEO = {
	id: '5eb1b5f231778a0008d1c3f6',
	clientId: '5eb1276d96be4a0008713af5',
	language: 'en-GB',
	challenges: [
		{ type: 'voice', value: ['7', '9', '1', '7'] },
		{ type: 'actions', value: ['turnHeadLeft'] },
	],
	createdAt: '2020-01-01T14:06:44.756Z',
	updatedAt: '2020-01-01T14:06:44.756Z',
};
const CHECK = {
	id: '5eb2b61e02df0a0008f1cf2a',
	clientId: '5eb1276d96be4a0008713af5',
	entityName: 'John Doe',
	type: 'extensive_screening_check',
	status: 'pending',
	enableMonitoring: false,
	createdAt: '2020-01-01T14:06:44.756Z',
	updatedAt: '2020-01-01T14:06:44.756Z',
};
const COMPLETE_CHECK = { ...CHECK, status: 'complete', result: { outcome: 'clear' } };
const reportOn = (object: string, { id }: { id: string }) => ({
	contentType: 'application/pdf',
	fileName: `report-${object}-${id}.pdf`,
});
const FILE = { fileName: 'selfie_1588704754226.jpg', contentType: 'image/jpg' };
const deleted = ({ id }: { id: string }) => ({ id, deleted: true });
const redacted = ({ id }: { id: string }) => ({ id, redacted: true });

export const CLIENT_REPLIES: Record<string, object> = {
	'address/create': ADDRESS,
	'address/delete': deleted(ADDRESS),
	'address/get': ADDRESS,
	'address/getAll': ADDRESS,
	'address/update': ADDRESS,
	'check/create': CHECK,
	'check/get': COMPLETE_CHECK,
	'check/getAll': COMPLETE_CHECK,
	'check/redact': redacted(CHECK),
	'check/update': COMPLETE_CHECK,
	'check/validate': { id: CHECK.id, outcome: 'clear' },
	'client/create': CLIENT,
	'client/delete': deleted(CLIENT),
	'client/get': CLIENT,
	'client/getAll': CLIENT,
	'client/getRiskProfile': RISK_PROFILE,
	'client/update': CLIENT,
	'document/create': DOCUMENT,
	'document/delete': deleted(DOCUMENT),
	'document/deleteImage': deleted(DOCUMENT),
	'document/downloadImage': FILE,
	'document/get': DOCUMENT,
	'document/getAll': DOCUMENT,
	'document/redact': redacted(DOCUMENT),
	'document/update': DOCUMENT,
	'document/uploadImage': IMAGE,
	'flowSession/create': { redirectUrl: 'https://example.com/flow/42' },
	'livePhoto/delete': deleted(LIVE_PHOTO),
	'livePhoto/download': { id: LIVE_PHOTO.id, ...FILE },
	'livePhoto/get': LIVE_PHOTO,
	'livePhoto/getAll': LIVE_PHOTO,
	'livePhoto/redact': redacted(LIVE_PHOTO),
	'livePhoto/upload': LIVE_PHOTO,
	'liveVideo/delete': deleted(LIVE_VIDEO),
	'liveVideo/get': LIVE_VIDEO,
	'liveVideo/getAll': LIVE_VIDEO,
	'liveVideo/redact': redacted(LIVE_VIDEO),
	'report/generateForCheck': reportOn('check', CHECK),
	'report/generateForClient': reportOn('client', CLIENT),
};
