import { byId } from '../../sandbox/rig/workflows.cts';
import { deleted, ID, seedClient, seedClientWith, seedOne, type Rows } from './row.cts';

const ADDRESS = {
	id: '5eb1276f96be4a0008713af6',
	clientId: '5eb1276d96be4a0008713af5',
	type: 'main',
	propertyNumber: 'Flat 323',
	buildingName: 'The Tower',
	line: 'Common street',
	city: 'Aldgate',
	state: 'London',
	postalCode: 'W10 11L',
	country: 'GB',
	fromDate: '2007-09-01',
	toDate: '2019-12-31',
	createdAt: '2020-01-01T14:06:44.756Z',
	updatedAt: '2020-01-01T14:06:44.756Z',
};

export const address: Rows = {
	create: {
		method: 'POST',
		parameters: { clientId: byId(ID), line: 'Common Street', city: 'London', country: 'GB' },
		seed: seedClient,
		replies: [ADDRESS],
	},
	delete: {
		method: 'DELETE',
		parameters: { addressId: ID },
		seed: seedOne('addresses'),
		looks: true,
		repeatable: true,
		replies: [deleted(ADDRESS)],
	},
	get: {
		method: 'GET',
		parameters: { addressId: ID },
		seed: seedOne('addresses'),
		replies: [ADDRESS],
	},
	getAll: {
		method: 'GET',
		parameters: { clientId: byId(ID) },
		seed: seedClientWith('addresses'),
		replies: [ADDRESS],
	},
	update: {
		method: 'POST',
		parameters: { addressId: ID, addressUpdates: { city: 'Leeds' } },
		seed: seedOne('addresses'),
		repeatable: true,
		replies: [ADDRESS],
	},
};
