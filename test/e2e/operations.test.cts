import type { Execution, Item } from '../../sandbox/n8n/execution.cts';
import type { NodeType } from '../../sandbox/n8n/n8nClient.cts';
import type { WorkflowNode } from '../../sandbox/n8n/workflow.cts';
import { Sandbox } from '../../sandbox/rig/sandbox.cts';
import { byId, jsonOf, nextNode, NODE_TYPE } from '../../sandbox/rig/workflows.cts';
import { sampleImage } from '../../simulator/sampleImages.cts';
import { printFigure } from '../printFigure.cts';
import { mistakesIn } from './parameterCheck.cts';

type Json = Record<string, unknown>;

/** A file in an item's binary data. */
interface File {
	/** The field of the binary data; `data` unless the node says otherwise */
	field?: string;
	fileName: string;
	mimeType: string;
	/** What it starts with, one character per byte */
	start: string;
}

/** A request; the path is without `/v1`. */
interface Sent {
	method: string;
	path: string;
	query?: Json;
	body?: Json;
}

/**
 * An operation of the node: how it is used, and what is expected of it. `:clientId` and the like stand for the ID of an
 * object that was created before.
 */
interface Row {
	resource: string;
	operation: string;
	/** All except resource and operation, as the editor saves them */
	parameters: Json;
	/** What ComplyCube gets before */
	before?: Sent[];
	/** The only other request that ComplyCube gets */
	sent: Sent;
	/** What the output item contains, among other things */
	item: Json;
	file?: File;
}

const IMAGE = sampleImage('jpg');
const PICTURE = { mimeType: 'image/jpeg', start: Buffer.from(IMAGE, 'base64').toString('latin1') };
const SMALL_PICTURE = { ...PICTURE, start: PICTURE.start.slice(0, 4) };
const PDF = { mimeType: 'application/pdf', start: '%PDF-1.' };

/** The ID of the object that the previous node returned. */
const ITS_ID = '={{ $json.id }}';
/** The ID of the object that an earlier node returned, e.g. "client create". */
const idOf = (name: string) => `={{ $('${name}').item.json.id }}`;
/** Something that existed before the workflow ran. */
const given = (name: string) => `={{ $('Input').item.json.${name} }}`;
const CLIENT = byId(idOf('client create'));

const LINK = {
	successUrl: 'https://www.example.com/done',
	cancelUrl: 'https://www.example.com/cancelled',
};

/** A client's way through all resources, in the order in which the nodes run. */
const ROWS: Row[] = [
	{
		resource: 'client',
		operation: 'create',
		parameters: {
			email: '={{ $json.email }}',
			firstName: 'Ada',
			// With a test key, checks of a person with this name find something
			lastName: 'attention',
			clientFields: {
				dob: '1990-01-31T00:00:00',
				nationality: 'GB',
				metadata: { pairs: [{ key: 'plan', value: 'gold' }] },
			},
		},
		sent: {
			method: 'POST',
			path: '/clients',
			body: {
				type: 'person',
				email: 'ada@example.com',
				personDetails: {
					firstName: 'Ada',
					lastName: 'attention',
					dob: '1990-01-31',
					nationality: 'GB',
				},
				metadata: { plan: 'gold' },
			},
		},
		item: { id: ':clientId', entityName: 'Ada attention', metadata: { plan: 'gold' } },
	},
	{
		resource: 'client',
		operation: 'get',
		parameters: { clientId: byId(ITS_ID), output: 'simplified' },
		sent: { method: 'GET', path: '/clients/:clientId' },
		item: { id: ':clientId', email: 'ada@example.com' },
	},
	{
		resource: 'client',
		operation: 'getAll',
		parameters: { returnAll: true, clientFilters: { email: '={{ $json.email }}' } },
		sent: {
			method: 'GET',
			path: '/clients',
			query: { email: 'ada@example.com', page: '1', pageSize: '1000' },
		},
		item: { id: ':clientId' },
	},
	{
		resource: 'client',
		operation: 'update',
		parameters: { clientId: byId(ITS_ID), clientUpdates: { mobile: '+12345678910' } },
		sent: { method: 'POST', path: '/clients/:clientId', body: { mobile: '+12345678910' } },
		item: { id: ':clientId', mobile: '+12345678910' },
	},
	{
		resource: 'client',
		operation: 'upsert',
		parameters: {
			email: '={{ $json.email }}',
			firstName: 'Ada',
			lastName: 'attention',
			clientFields: { telephone: '+12 345678910', metadataJson: '{ "region": "EU" }' },
		},
		before: [
			{
				method: 'GET',
				path: '/clients',
				query: { email: 'ada@example.com', page: '1', pageSize: '10' },
			},
		],
		sent: {
			method: 'POST',
			path: '/clients/:clientId',
			body: {
				email: 'ada@example.com',
				personDetails: { firstName: 'Ada', lastName: 'attention' },
				telephone: '+12 345678910',
				metadata: { plan: 'gold', region: 'EU' },
			},
		},
		item: { id: ':clientId', mobile: '+12345678910', created: false },
	},
	{
		resource: 'client',
		operation: 'getRiskProfile',
		parameters: { clientId: byId(ITS_ID) },
		sent: { method: 'GET', path: '/clients/:clientId/riskProfile' },
		item: { id: ':clientId', overall: 'low' },
	},
	{
		resource: 'address',
		operation: 'create',
		parameters: {
			clientId: byId(ITS_ID),
			line: 'Common Street',
			city: 'London',
			country: 'GB',
			addressFields: { fromDate: '2020-01-31T00:00:00' },
		},
		sent: {
			method: 'POST',
			path: '/addresses',
			body: {
				clientId: ':clientId',
				line: 'Common Street',
				city: 'London',
				country: 'GB',
				fromDate: '2020-01-31',
			},
		},
		item: { id: ':addressId', clientId: ':clientId' },
	},
	{
		resource: 'address',
		operation: 'get',
		parameters: { addressId: ITS_ID },
		sent: { method: 'GET', path: '/addresses/:addressId' },
		item: { id: ':addressId', line: 'Common Street' },
	},
	{
		resource: 'address',
		operation: 'getAll',
		parameters: {
			clientId: byId('={{ $json.clientId }}'),
			limit: 10,
			addressFilters: { country: 'GB' },
		},
		sent: {
			method: 'GET',
			path: '/addresses',
			query: { clientId: ':clientId', country: 'GB', page: '1', pageSize: '10' },
		},
		item: { id: ':addressId' },
	},
	{
		resource: 'address',
		operation: 'update',
		parameters: { addressId: ITS_ID, addressUpdates: { city: 'Leeds' } },
		sent: { method: 'POST', path: '/addresses/:addressId', body: { city: 'Leeds' } },
		item: { id: ':addressId', city: 'Leeds' },
	},
	{
		resource: 'document',
		operation: 'create',
		parameters: { clientId: CLIENT, documentFields: { issuingCountry: 'GB' } },
		sent: {
			method: 'POST',
			path: '/documents',
			body: { clientId: ':clientId', type: 'passport', issuingCountry: 'GB' },
		},
		item: { id: ':documentId', type: 'passport' },
	},
	{
		resource: 'document',
		operation: 'uploadImage',
		parameters: { documentId: idOf('document create') },
		sent: {
			method: 'POST',
			path: '/documents/:documentId/upload/front',
			body: { fileName: 'front.jpg', data: IMAGE },
		},
		item: { documentSide: 'front', fileName: 'front.jpg' },
	},
	{
		resource: 'document',
		operation: 'extractData',
		parameters: {},
		sent: { method: 'POST', path: '/autofill', body: { data: IMAGE } },
		item: { firstName: 'Ada', face: 'face' },
		file: { field: 'face', fileName: 'face.jpg', ...SMALL_PICTURE },
	},
	{
		resource: 'document',
		operation: 'get',
		parameters: { documentId: idOf('document create') },
		sent: { method: 'GET', path: '/documents/:documentId' },
		item: { id: ':documentId', images: [{ documentSide: 'front' }] },
	},
	{
		resource: 'document',
		operation: 'getAll',
		parameters: { clientId: CLIENT, documentFilters: { type: 'passport' } },
		sent: {
			method: 'GET',
			path: '/documents',
			query: { clientId: ':clientId', type: 'passport', page: '1', pageSize: '50' },
		},
		item: { id: ':documentId' },
	},
	{
		resource: 'document',
		operation: 'update',
		parameters: { documentId: ITS_ID, documentUpdates: { classification: 'proof_of_identity' } },
		sent: {
			method: 'POST',
			path: '/documents/:documentId',
			body: { classification: 'proof_of_identity' },
		},
		item: { id: ':documentId', classification: 'proof_of_identity' },
	},
	{
		resource: 'document',
		operation: 'downloadImage',
		parameters: { documentId: ITS_ID, outputDataFieldName: 'picture' },
		sent: { method: 'GET', path: '/documents/:documentId/download/front' },
		item: { fileName: 'document-:documentId-front.jpg' },
		file: { fileName: 'document-:documentId-front.jpg', ...PICTURE },
	},
	{
		resource: 'livePhoto',
		operation: 'upload',
		parameters: {
			clientId: CLIENT,
			inputDataFieldName: 'picture',
			livePhotoFields: { performLivenessCheck: false },
		},
		sent: {
			method: 'POST',
			path: '/livePhotos',
			body: { clientId: ':clientId', performLivenessCheck: false, data: IMAGE },
		},
		item: { id: ':livePhotoId', performLivenessCheck: false },
	},
	{
		resource: 'livePhoto',
		operation: 'get',
		parameters: { livePhotoId: ITS_ID },
		sent: { method: 'GET', path: '/livePhotos/:livePhotoId' },
		item: { id: ':livePhotoId', clientId: ':clientId' },
	},
	{
		resource: 'livePhoto',
		operation: 'getAll',
		parameters: { clientId: byId('={{ $json.clientId }}') },
		sent: {
			method: 'GET',
			path: '/livePhotos',
			query: { clientId: ':clientId', page: '1', pageSize: '50' },
		},
		item: { id: ':livePhotoId' },
	},
	{
		resource: 'livePhoto',
		operation: 'download',
		parameters: { livePhotoId: ITS_ID },
		sent: { method: 'GET', path: '/livePhotos/:livePhotoId/download' },
		item: { id: ':livePhotoId', fileName: 'livePhoto-:livePhotoId.jpg' },
		file: { fileName: 'livePhoto-:livePhotoId.jpg', ...PICTURE },
	},
	{
		resource: 'check',
		operation: 'create',
		parameters: {
			clientId: CLIENT,
			type: 'extensive_screening_check',
			checkOptions: { enableMonitoring: true, screeningNameSearchMode: 'precise' },
		},
		sent: {
			method: 'POST',
			path: '/checks',
			body: {
				clientId: ':clientId',
				type: 'extensive_screening_check',
				enableMonitoring: true,
				options: { screeningNameSearchMode: 'precise' },
			},
		},
		item: { id: ':checkId', status: 'pending' },
	},
	{
		resource: 'check',
		operation: 'get',
		parameters: { checkId: byId(ITS_ID), options: { waitForOutcome: true } },
		sent: { method: 'GET', path: '/checks/:checkId' },
		item: { id: ':checkId', status: 'complete', result: { outcome: 'attention' } },
	},
	{
		resource: 'check',
		operation: 'getMatches',
		parameters: { checkId: byId(ITS_ID) },
		sent: { method: 'GET', path: '/checks/:checkId' },
		item: { checkId: ':checkId', clientId: ':clientId', matchId: ':matchId' },
	},
	{
		resource: 'check',
		operation: 'validate',
		parameters: {
			checkId: byId('={{ $json.checkId }}'),
			outcome: 'rejected',
			matchId: '={{ $json.matchId }}',
			validationFields: {
				comment: 'Somebody else of the same name',
			},
		},
		sent: {
			method: 'POST',
			path: '/checks/:checkId/validate',
			body: {
				outcome: 'rejected',
				matchId: ':matchId',
				comment: 'Somebody else of the same name',
			},
		},
		item: { id: ':checkId', outcome: 'rejected' },
	},
	{
		resource: 'check',
		operation: 'update',
		parameters: { checkId: byId(ITS_ID), enableMonitoring: false },
		sent: { method: 'POST', path: '/checks/:checkId', body: { enableMonitoring: false } },
		item: { id: ':checkId', enableMonitoring: false },
	},
	{
		resource: 'check',
		operation: 'getAll',
		parameters: { checkFilters: { clientId: '={{ $json.clientId }}', outcome: 'clear' } },
		sent: {
			method: 'GET',
			path: '/checks',
			query: { clientId: ':clientId', 'result.outcome': 'clear', page: '1', pageSize: '50' },
		},
		item: { id: ':checkId', result: { outcome: 'clear' } },
	},
	{
		resource: 'report',
		operation: 'generateForCheck',
		parameters: { checkId: byId(ITS_ID) },
		sent: { method: 'GET', path: '/reports', query: { checkId: ':checkId' } },
		item: { fileName: 'report-check-:checkId.pdf' },
		file: { fileName: 'report-check-:checkId.pdf', ...PDF },
	},
	{
		resource: 'report',
		operation: 'generateForClient',
		parameters: { clientId: CLIENT },
		sent: { method: 'GET', path: '/reports', query: { clientId: ':clientId' } },
		item: { fileName: 'report-client-:clientId.pdf' },
		file: { fileName: 'report-client-:clientId.pdf', ...PDF },
	},
	{
		resource: 'report',
		operation: 'generateForWorkflowSession',
		parameters: { workflowSessionId: byId(given('sessionId')) },
		sent: { method: 'GET', path: '/reports', query: { workflowSessionId: ':sessionId' } },
		item: { fileName: 'report-session-:sessionId.pdf' },
		file: { fileName: 'report-session-:sessionId.pdf', ...PDF },
	},
	{
		resource: 'flowSession',
		operation: 'create',
		parameters: {
			clientId: CLIENT,
			workflowTemplateId: byId(given('templateId')),
			...LINK,
			sessionOptions: { shortUrl: true },
		},
		sent: {
			method: 'POST',
			path: '/flow/sessions',
			body: { clientId: ':clientId', workflowTemplateId: ':templateId', ...LINK, shortUrl: true },
		},
		item: { redirectUrl: expect.stringMatching(/^http/) },
	},
	{
		resource: 'flowSession',
		operation: 'createWithNewClient',
		parameters: {
			clientEmail: 'zoe@example.com',
			clientFirstName: 'Zoe',
			clientLastName: 'Example',
			workflowTemplateId: byId(given('templateId')),
			successUrl: LINK.successUrl,
		},
		before: [
			{
				method: 'POST',
				path: '/clients',
				body: {
					type: 'person',
					email: 'zoe@example.com',
					personDetails: { firstName: 'Zoe', lastName: 'Example' },
				},
			},
		],
		sent: {
			method: 'POST',
			path: '/flow/sessions',
			body: {
				clientId: ':newClientId',
				workflowTemplateId: ':templateId',
				successUrl: LINK.successUrl,
				cancelUrl: LINK.successUrl,
			},
		},
		item: { clientId: ':newClientId', redirectUrl: expect.stringMatching(/^http/) },
	},
	{
		resource: 'workflowSession',
		operation: 'getAll',
		parameters: { filters: { clientId: given('applicantId') } },
		sent: {
			method: 'GET',
			path: '/workflowSessions',
			query: { clientId: ':applicantId', page: '1', pageSize: '50' },
		},
		item: { id: ':sessionId', status: 'started' },
	},
	{
		resource: 'workflowSession',
		operation: 'get',
		parameters: {
			workflowSessionId: byId(ITS_ID),
			output: 'selected',
			fields: ['status', 'clientId'],
		},
		sent: { method: 'GET', path: '/workflowSessions/:sessionId' },
		item: { id: ':sessionId', clientId: ':applicantId', status: 'started' },
	},
	{
		resource: 'workflowSession',
		operation: 'complete',
		parameters: { workflowSessionId: byId(ITS_ID) },
		sent: { method: 'POST', path: '/workflowSessions/:sessionId/complete' },
		item: { id: ':sessionId', status: 'processing' },
	},
	{
		resource: 'workflowSession',
		operation: 'cancel',
		parameters: { workflowSessionId: byId(given('otherSessionId')) },
		sent: { method: 'POST', path: '/workflowSessions/:otherSessionId/cancel' },
		item: { id: ':otherSessionId', status: 'cancelled' },
	},
	{
		resource: 'check',
		operation: 'redact',
		parameters: {
			checkId: byId(given('documentCheckId')),
			attributes: ['documentNumber'],
			images: ['face'],
		},
		sent: {
			method: 'POST',
			path: '/checks/:documentCheckId/redact',
			body: { attributes: ['documentNumber'], images: ['face'] },
		},
		item: { id: ':documentCheckId', redacted: true },
	},
	{
		resource: 'liveVideo',
		operation: 'getAll',
		parameters: { clientId: byId(given('applicantId')) },
		sent: {
			method: 'GET',
			path: '/liveVideos',
			query: { clientId: ':applicantId', page: '1', pageSize: '50' },
		},
		item: { id: ':liveVideoId' },
	},
	{
		resource: 'liveVideo',
		operation: 'get',
		parameters: { liveVideoId: ITS_ID },
		sent: { method: 'GET', path: '/liveVideos/:liveVideoId' },
		item: { id: ':liveVideoId', language: 'en' },
	},
	{
		resource: 'liveVideo',
		operation: 'redact',
		parameters: { liveVideoId: ITS_ID },
		sent: { method: 'POST', path: '/liveVideos/:liveVideoId/redact' },
		item: { id: ':liveVideoId', redacted: true },
	},
	{
		resource: 'liveVideo',
		operation: 'delete',
		parameters: { liveVideoId: ITS_ID },
		sent: { method: 'DELETE', path: '/liveVideos/:liveVideoId' },
		item: { id: ':liveVideoId', deleted: true },
	},
	{
		resource: 'livePhoto',
		operation: 'redact',
		parameters: { livePhotoId: idOf('livePhoto upload') },
		sent: { method: 'POST', path: '/livePhotos/:livePhotoId/redact' },
		item: { id: ':livePhotoId', redacted: true },
	},
	{
		resource: 'livePhoto',
		operation: 'delete',
		parameters: { livePhotoId: ITS_ID },
		sent: { method: 'DELETE', path: '/livePhotos/:livePhotoId' },
		item: { id: ':livePhotoId', deleted: true },
	},
	{
		resource: 'document',
		operation: 'deleteImage',
		parameters: { documentId: idOf('document create') },
		sent: { method: 'DELETE', path: '/documents/:documentId/front' },
		item: { id: ':documentId', deleted: true },
	},
	{
		resource: 'document',
		operation: 'redact',
		parameters: { documentId: ITS_ID },
		sent: {
			method: 'POST',
			path: '/documents/:documentId/redact',
			body: { attributes: ['images'] },
		},
		item: { id: ':documentId', redacted: true },
	},
	{
		resource: 'document',
		operation: 'delete',
		parameters: { documentId: ITS_ID },
		sent: { method: 'DELETE', path: '/documents/:documentId' },
		item: { id: ':documentId', deleted: true },
	},
	{
		resource: 'address',
		operation: 'delete',
		parameters: { addressId: idOf('address create') },
		sent: { method: 'DELETE', path: '/addresses/:addressId' },
		item: { id: ':addressId', deleted: true },
	},
	{
		resource: 'account',
		operation: 'get',
		parameters: {},
		sent: { method: 'GET', path: '/accountInfo' },
		item: { plan: 'Essentials Plan', remainingCredit: 8000 },
	},
	{
		resource: 'referenceData',
		operation: 'getScreeningLists',
		parameters: { splitIntoItems: false },
		sent: { method: 'GET', path: '/static/screeningLists' },
		item: { lists: expect.arrayContaining(['HM Treasury Sanctions List']) },
	},
	{
		resource: 'referenceData',
		operation: 'getSupportedDocuments',
		parameters: {},
		sent: { method: 'GET', path: '/static/supportedDocuments' },
		item: { checkType: 'document_check', documentType: 'passport', country: 'AE', sides: 1 },
	},
	{
		resource: 'sdkToken',
		operation: 'create',
		parameters: { clientId: CLIENT, platform: 'mobile', appId: 'com.example.app' },
		sent: {
			method: 'POST',
			path: '/tokens',
			body: { clientId: ':clientId', appId: 'com.example.app' },
		},
		item: { token: expect.any(String) },
	},
	{
		resource: 'companyLookup',
		operation: 'search',
		parameters: { name: 'Cledara Example One', country: 'GB' },
		sent: {
			method: 'POST',
			path: '/lookup/companies',
			body: { companyName: 'Cledara Example One', incorporationCountry: 'GB' },
		},
		item: { id: ':companyId', incorporationCountry: 'GB' },
	},
	{
		resource: 'companyLookup',
		operation: 'get',
		parameters: { companyId: ITS_ID },
		sent: { method: 'GET', path: '/lookup/companies/:companyId' },
		item: { id: ':companyId', officers: [{ role: 'director' }] },
	},
	{
		resource: 'addressLookup',
		operation: 'search',
		parameters: { line: 'Example Street', postalCode: 'W10 1LL', country: 'GB' },
		sent: {
			method: 'POST',
			path: '/lookup/addresses',
			body: { line: 'Example Street', postalCode: 'W10 1LL', country: 'GB' },
		},
		item: { propertyNumber: '4', city: 'London' },
	},
	{
		resource: 'teamMember',
		operation: 'getAll',
		parameters: { teamMemberFilters: { role: 'analyst' } },
		sent: {
			method: 'GET',
			path: '/teamMembers',
			query: { role: 'analyst', page: '1', pageSize: '50' },
		},
		item: { id: ':memberId', role: 'analyst' },
	},
	{
		resource: 'teamMember',
		operation: 'get',
		parameters: { teamMemberId: byId(ITS_ID) },
		sent: { method: 'GET', path: '/teamMembers/:memberId' },
		item: { id: ':memberId', firstName: 'Grace' },
	},
	{
		resource: 'customList',
		operation: 'getAll',
		parameters: { customListFilters: { createdAfter: '2020-01-01T00:00:00.000Z' } },
		sent: {
			method: 'GET',
			path: '/customLists',
			query: { createdAfter: '2020-01-01T00:00:00.000Z', page: '1', pageSize: '50' },
		},
		item: { id: ':customListId', stats: { personCount: 0 } },
	},
	{
		resource: 'customList',
		operation: 'addRecord',
		parameters: {
			customListId: byId(ITS_ID),
			entityType: 'person',
			names: { values: [{ firstName: 'Ada', lastName: 'Example', type: 'primary' }] },
			recordFields: {
				countries: { values: [{ country: 'GB', type: 'Citizenship' }] },
				dates: { values: [{ date: '1990-01-31T00:00:00', type: 'Date of Birth' }] },
				gender: 'female',
			},
		},
		sent: {
			method: 'POST',
			path: '/customLists/:customListId/records',
			body: {
				entityType: 'person',
				names: [{ firstName: 'Ada', lastName: 'Example', type: 'primary' }],
				countries: [{ country: 'GB', type: 'Citizenship' }],
				dates: [{ type: 'Date of Birth', date: { day: '31', month: '01', year: '1990' } }],
				gender: 'female',
			},
		},
		item: { added: true },
	},
	{
		resource: 'customList',
		operation: 'get',
		parameters: { customListId: byId(idOf('customList getAll')) },
		sent: { method: 'GET', path: '/customLists/:customListId' },
		item: { id: ':customListId', stats: { personCount: 1 } },
	},
	{
		resource: 'auditLog',
		operation: 'getAll',
		parameters: {
			auditLogFilters: { clientId: idOf('client create'), action: 'create', resourceType: 'check' },
		},
		sent: {
			method: 'GET',
			path: '/auditLogs',
			query: {
				clientId: ':clientId',
				action: 'create',
				resourceType: 'check',
				page: '1',
				pageSize: '50',
			},
		},
		item: { id: ':auditLogId', resourceId: ':checkId' },
	},
	{
		resource: 'auditLog',
		operation: 'get',
		parameters: { auditLogId: ITS_ID },
		sent: { method: 'GET', path: '/auditLogs/:auditLogId' },
		item: { id: ':auditLogId', trigger: 'createCheck' },
	},
	{
		resource: 'client',
		operation: 'delete',
		parameters: { clientId: CLIENT },
		sent: { method: 'DELETE', path: '/clients/:clientId' },
		item: { id: ':clientId', deleted: true },
	},
];

/** What n8n adds to the operations of every node; it leads to the HTTP Request node. */
const CUSTOM_API_CALL = '__CUSTOM_API_CALL__';

const nameOf = ({ resource, operation }: Pick<Row, 'resource' | 'operation'>) =>
	`${resource} ${operation}`;

/** One of n8n's nodes that turn base64 into a file, or a file into base64. */
const fileNode = (
	name: string,
	type: 'convertToFile' | 'extractFromFile',
	parameters: Json,
): WorkflowNode => ({
	name,
	type: `n8n-nodes-base.${type}`,
	typeVersion: 1.1,
	position: [600, 0],
	parameters,
});

/** Two nodes that turn the image in the workflow's input into the file `data`, for an operation that sends it. */
const imageNodesFor = (name: string) => [
	{ ...nextNode("={{ ({ image: $('Input').item.json.image }) }}"), name: `Image for ${name}` },
	fileNode(`Image file for ${name}`, 'convertToFile', {
		operation: 'toBinary',
		sourceProperty: 'image',
	}),
];

const SENDS_IMAGE = ['document uploadImage', 'document extractData'];

/** Where a row's file is. */
const fieldOf = ({ file, parameters }: Row) =>
	String(file?.field ?? parameters.outputDataFieldName ?? 'data');

/** A node that adds the content of an operation's file to the item, as `bytes`. */
const bytesNode = (row: Row) =>
	fileNode(`Bytes of ${nameOf(row)}`, 'extractFromFile', {
		operation: 'binaryToPropery',
		binaryPropertyName: fieldOf(row),
		destinationKey: 'bytes',
		options: { keepSource: 'both' },
	});

let sandbox: Sandbox;
let types: NodeType[];
let execution: Execution;
let ids: Json;

const nodeOf = (row: Row): WorkflowNode => {
	const { resource, operation, parameters } = row;
	return sandbox.complyCube({ resource, operation, ...parameters }, {}, nameOf(row));
};

/** Creates what cannot be created through the API. @returns The IDs of that, and of a workflow template */
function seed() {
	const { clients, workflowSessions, liveVideos, checks, teamMembers, customLists, settings } =
		sandbox.simulator;
	// One entry, which becomes one item
	settings.supportedDocuments = { document_check: { passport: { AE: { sides: 1 } } } };
	const [{ id: applicantId }] = clients.seed({ email: 'applicant@example.com' });
	return {
		applicantId,
		templateId: settings.workflowTemplates[0].id,
		sessionId: workflowSessions.seed({ clientId: applicantId })[0].id,
		otherSessionId: workflowSessions.seed()[0].id,
		liveVideoId: liveVideos.seed({ clientId: applicantId })[0].id,
		documentCheckId: checks.seed({ clientId: applicantId, type: 'document_check' })[0].id,
		memberId: teamMembers.seed()[0].id,
		customListId: customLists.seed()[0].id,
		companyId: settings.registeredCompanies[0].id,
	};
}

beforeAll(async () => {
	sandbox = await Sandbox.start();
	types = await sandbox.n8n.client.listNodeTypes();
	const seeds = seed();
	execution = await sandbox.run(
		[{ email: 'ada@example.com', image: IMAGE, ...seeds }],
		ROWS.flatMap((row) => [
			...(SENDS_IMAGE.includes(nameOf(row)) ? imageNodesFor(nameOf(row)) : []),
			nodeOf(row),
			...(row.file ? [bytesNode(row)] : []),
		]),
	);
	const made = (name: string): Json => jsonOf(execution.data[name]?.[0])[0] ?? {};
	const { result } = made('check get') as { result?: { breakdown: { matches: Json[] } } };
	ids = {
		...seeds,
		clientId: made('client create').id,
		addressId: made('address create').id,
		documentId: made('document create').id,
		livePhotoId: made('livePhoto upload').id,
		checkId: made('check create').id,
		auditLogId: made('auditLog getAll').id,
		matchId: result?.breakdown.matches[0].id,
		newClientId: made('flowSession createWithNewClient').clientId,
	};
}, 900_000);
afterAll(async () => await sandbox?.stop());

/** A copy in which every `:name` is replaced by the ID with that name. */
function withIds<T>(value: T): T {
	if (typeof value === 'string') {
		return value.replace(/:(\w+Id)\b/g, (_, name: string) => String(ids[name])) as T;
	}
	if (Array.isArray(value)) return value.map(withIds) as T;
	// Jest's matchers are not plain objects
	if (Object.getPrototypeOf(value ?? null) !== Object.prototype) return value;
	return Object.fromEntries(
		Object.entries(value as Json).map(([name, part]) => [name, withIds(part)]),
	) as T;
}

it('the workflow succeeds', () => {
	expect([execution.status, execution.error]).toEqual(['success', undefined]);
});

/** Everything that ComplyCube gets of an operation. */
const requestsOf = ({ before = [], sent }: Row) => [...before, sent];

const done = new Set<string>();

it.each(ROWS.map((row) => [nameOf(row), row] as const))('%s', (name, row) => {
	expect(mistakesIn(nodeOf(row), types)).toEqual([]);

	const requests = requestsOf(row);
	const first = ROWS.slice(0, ROWS.indexOf(row)).flatMap(requestsOf).length;
	const sent = sandbox.simulator.requests.slice(first, first + requests.length);
	expect(
		sent.map(({ method, path, query, body }) => ({
			method,
			path,
			query,
			...(body !== undefined && { body }),
		})),
	).toEqual(
		withIds(requests).map(({ query = {}, ...request }) => ({
			...request,
			path: `/v1${request.path}`,
			query,
		})),
	);

	const items: Item[] = execution.data[name]?.[0] ?? [];
	expect(items).toHaveLength(1);
	expect(items[0].json).toMatchObject(withIds(row.item));

	if (row.file) {
		const { fileName, mimeType, start } = withIds(row.file);
		const field = fieldOf(row);
		expect(items[0].binary).toEqual({
			[field]: expect.objectContaining({ fileName, mimeType }),
		});
		const { bytes } = jsonOf(execution.data[`Bytes of ${name}`][0])[0];
		expect(Buffer.from(String(bytes), 'base64').toString('latin1').startsWith(start)).toBe(true);
	} else {
		expect(items[0].binary).toBeUndefined();
	}
	done.add(name);
});

it('these are all operations of the node, and each sends what its row has', () => {
	const { properties } = types.find(({ name }) => name === NODE_TYPE)!;
	const existing = properties
		.filter(({ name }) => name === 'operation')
		.flatMap(({ options, displayOptions }) => {
			const { resource } = (displayOptions as { show: { resource: string[] } }).show;
			return (options as Array<{ value: string }>)
				.filter(({ value }) => value !== CUSTOM_API_CALL)
				.map(({ value }) => nameOf({ resource: resource[0], operation: value }));
		});
	printFigure(
		`operations: ${done.size} of ${existing.length} in one execution of the packed node in n8n, ` +
			`${sandbox.simulator.requests.length} requests`,
	);
	expect(ROWS.map(nameOf).sort()).toEqual(existing.sort());
	expect(done.size).toBe(existing.length);
	expect(sandbox.simulator.requests).toHaveLength(ROWS.flatMap(requestsOf).length);
});
