import { ID, seedClientWith, seedOne, type Rows } from './row.cts';

/** Lists leave out the changed values. */
const SUMMARY = {
	id: '5f2acdcebbddb422f9b60e7b',
	memberId: 'VNARgK33nMASdJKdi',
	resourceType: 'client',
	resourceId: '5f2aca5fbbddb422f9b60e79',
	clientId: '5f2aca5fbbddb422f9b60e79',
	trigger: 'updateClient',
	action: 'update',
	createdAt: '2020-01-01T15:18:30.000Z',
};
const LOG = {
	...SUMMARY,
	diff: [
		{ action: 'update', path: ['personDetails', 'firstName'], old: 'Joe', new: 'John' },
		{ action: 'new', path: ['personDetails', 'dob'], new: '1969-09-23' },
	],
};

export const auditLog: Rows = {
	get: {
		method: 'GET',
		parameters: { auditLogId: ID },
		seed: seedOne('auditLogs'),
		replies: [LOG],
	},
	getAll: {
		method: 'GET',
		parameters: { auditLogFilters: { clientId: ID } },
		seed: seedClientWith('auditLogs'),
		replies: [SUMMARY],
	},
};
