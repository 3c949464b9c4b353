import type { INodePropertyOptions } from 'n8n-workflow';
import type { Locator } from '../../fields/locator';

/** Chooses somebody who works on the account. */
export const teamMemberLocator: Locator = {
	displayName: 'Team Member',
	name: 'teamMemberId',
	search: 'searchTeamMembers',
	placeholder: 'Select a team member…',
};

/** Roles that every account has (API page "Team Members"); an account can define others. */
export const ROLES: INodePropertyOptions[] = [
	{ name: 'Administrator', value: 'administrator' },
	{ name: 'Analyst', value: 'analyst' },
	{ name: 'Developer', value: 'developer' },
	{ name: 'Owner', value: 'owner' },
	{ name: 'Support Specialist', value: 'support-specialist' },
	{ name: 'View Only', value: 'view-only' },
];
