import type { Simulator } from '../../simulator/server.cts';
import { byId } from '../../sandbox/rig/workflows.cts';
import { ID, type Rows } from './row.cts';

const LIST = {
	id: '5eb2b61e02df0a0008f1cf2a',
	name: 'Former suppliers',
	description: 'Companies and people we no longer work with',
	stats: { personCount: 3, companyCount: 5 },
	createdAt: '2020-01-01T14:06:44.756Z',
	updatedAt: '2020-01-01T14:06:44.756Z',
	lastActionBy: 'VNARgK33nMASdJKdi',
};

const seedList = ({ customLists }: Simulator): string => customLists.seed()[0].id;

export const customList: Rows = {
	addRecord: {
		method: 'POST',
		parameters: {
			customListId: byId(ID),
			names: { values: [{ firstName: 'Ada', lastName: 'Example', type: 'primary' }] },
		},
		seed: seedList,
		anonymous: true,
		replies: [{ added: true }],
	},
	get: {
		method: 'GET',
		parameters: { customListId: byId(ID) },
		seed: seedList,
		replies: [LIST],
	},
	getAll: {
		method: 'GET',
		parameters: {},
		seed: seedList,
		sameForAll: true,
		replies: [LIST],
	},
};
