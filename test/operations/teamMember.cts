import type { Simulator } from '../../simulator/server.cts';
import { newId } from '../../simulator/store.cts';
import { byId } from '../../sandbox/rig/workflows.cts';
import { ID, type Rows } from './row.cts';

const MEMBER = {
	id: 'VNARgK33nMASdJKdi',
	firstName: 'Grace',
	lastName: 'Example',
	role: 'analyst',
	createdAt: '2020-01-01T14:06:44.756Z',
};

/** The ID is somebody's last name. */
const seedLastName = ({ teamMembers }: Simulator): string => {
	const lastName = newId();
	teamMembers.seed({ lastName });
	return lastName;
};

export const teamMember: Rows = {
	get: {
		method: 'GET',
		parameters: { teamMemberId: byId(ID) },
		seed: ({ teamMembers }) => teamMembers.seed()[0].id,
		replies: [MEMBER],
	},
	getAll: {
		method: 'GET',
		parameters: { teamMemberFilters: { lastName: ID } },
		seed: seedLastName,
		replies: [MEMBER],
	},
};
