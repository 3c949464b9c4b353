import type { INodeProperties } from 'n8n-workflow';
import { locator } from './locator';
import { inBody } from './routing';

/** The team member in whose name something is written (API page "Team Members"). */
export const actingMember: INodeProperties = locator({
	displayName: 'Acting Team Member',
	name: 'lastActionBy',
	description: 'Who made this change, for the audit log',
	search: 'searchTeamMembers',
	placeholder: 'Select a team member…',
	required: false,
	routing: inBody('lastActionBy'),
});
