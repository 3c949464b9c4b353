import { byId, type Call } from './call.cts';

/** The metadata by which every client is found that these calls made. */
export const MARK = 'verifyRun';

const CLIENT = byId('={{ $json.clientId }}');
const EMAIL = '={{ $json.run }}@example.com';

const marked = { pairs: [{ key: MARK, value: '={{ $json.run }}' }] };

/** Clients, and what belongs to them. */
export const clientCalls: Call[] = [
	{
		name: 'Client: Create',
		does: {
			resource: 'client',
			operation: 'create',
			parameters: {
				email: EMAIL,
				firstName: 'Ada',
				lastName: 'Example',
			},
			optional: {
				dob: '1990-01-31',
				externalId: '={{ $json.run }}',
				gender: 'female',
				joinedDate: '2020-01-31',
				metadata: { pairs: [...marked.pairs, { key: 'first', value: '1' }] },
				middleName: 'Invented',
				mobile: '+441632960001',
				nationality: 'GB',
			},
		},
		keeps: { clientId: 'id' },
	},
	{
		name: 'Client: Get',
		does: { resource: 'client', operation: 'get', parameters: { clientId: CLIENT } },
	},
	{
		name: 'Client: Update',
		does: {
			resource: 'client',
			operation: 'update',
			parameters: { clientId: CLIENT },
			optional: { telephone: '+441632960002' },
		},
	},
	{
		name: 'update metadata',
		does: {
			method: 'POST',
			path: '/clients/{{ $json.clientId }}',
			body: { metadata: { [MARK]: '{{ $json.run }}', second: '2' } },
		},
	},
	{
		name: 'Client: Get Many',
		does: { resource: 'client', operation: 'getAll', optional: { email: EMAIL } },
	},
	{
		name: 'Client: Create or Update',
		does: {
			resource: 'client',
			operation: 'upsert',
			parameters: { email: EMAIL, firstName: 'Ada', lastName: 'Example' },
		},
	},
	{
		name: 'Client: Create for a company',
		does: {
			resource: 'client',
			operation: 'create',
			parameters: {
				type: 'company',
				email: '=company-{{ $json.run }}@example.com',
				companyName: 'Invented Example Ltd',
			},
			optional: { incorporationCountry: 'GB', metadata: marked },
		},
		keeps: { companyId: 'id' },
	},
	{
		name: 'create a person without personDetails',
		does: {
			method: 'POST',
			path: '/clients',
			body: {
				type: 'person',
				email: 'nobody-{{ $json.run }}@example.com',
				metadata: { [MARK]: '{{ $json.run }}' },
			},
		},
	},
	{
		name: 'create a client with numbers as metadata',
		does: {
			method: 'POST',
			path: '/clients',
			body: {
				type: 'person',
				email: 'number-{{ $json.run }}@example.com',
				personDetails: { firstName: 'Ada', lastName: 'Example' },
				metadata: { [MARK]: '{{ $json.run }}', number: 1 },
			},
		},
	},
	{
		name: 'get a client with an ID that cannot exist',
		does: { method: 'GET', path: '/clients/nonexistentid' },
	},
	{
		name: 'Address: Create',
		does: {
			resource: 'address',
			operation: 'create',
			parameters: {
				clientId: CLIENT,
				line: 'Example Street',
				city: 'London',
				country: 'GB',
			},
			optional: { fromDate: '2020-01-31', postalCode: 'W10 1LL', type: 'main' },
		},
		keeps: { addressId: 'id' },
	},
	{
		name: 'Address: Get',
		does: {
			resource: 'address',
			operation: 'get',
			parameters: { addressId: '={{ $json.addressId }}' },
		},
	},
	{
		name: 'Address: Get Many',
		does: { resource: 'address', operation: 'getAll', parameters: { clientId: CLIENT } },
	},
	{
		name: 'Client: Get Risk Profile',
		does: { resource: 'client', operation: 'getRiskProfile', parameters: { clientId: CLIENT } },
	},
	{
		name: 'SDK Token: Create',
		does: {
			resource: 'sdkToken',
			operation: 'create',
			parameters: { clientId: CLIENT, platform: 'web', referrer: 'https://www.example.com/*' },
		},
	},
	{
		name: 'Hosted Session: Create for checks',
		does: {
			resource: 'flowSession',
			operation: 'create',
			parameters: {
				clientId: CLIENT,
				sessionType: 'checks',
				checkTypes: ['standard_screening_check'],
				successUrl: 'https://www.example.com/done',
				cancelUrl: 'https://www.example.com/cancelled',
			},
		},
	},
	{
		name: 'Hosted Session: Create for a workflow',
		does: {
			resource: 'flowSession',
			operation: 'create',
			parameters: {
				clientId: CLIENT,
				workflowTemplateId: byId('={{ $json.templateId }}'),
				successUrl: 'https://www.example.com/done',
			},
		},
	},
	{
		name: 'Audit Log: Get Many',
		does: {
			resource: 'auditLog',
			operation: 'getAll',
			optional: { clientId: '={{ $json.clientId }}' },
		},
		keeps: { auditLogId: 'items.0.id' },
	},
	{
		name: 'Audit Log: Get',
		does: {
			resource: 'auditLog',
			operation: 'get',
			parameters: { auditLogId: '={{ $json.auditLogId }}' },
		},
	},
];
