import { byId, type Call } from './call.cts';

/** What the account has, and what is the same for every account. */
export const accountCalls: Call[] = [
	{ name: 'Account: Get', does: { resource: 'account', operation: 'get' } },
	{
		name: 'a key that does not exist',
		does: { method: 'GET', path: '/accountInfo', apiKey: 'test_does_not_exist' },
	},
	{
		name: 'Reference Data: Get Screening Lists',
		does: { resource: 'referenceData', operation: 'getScreeningLists' },
		keeps: { listName: '0' },
	},
	{
		name: 'Reference Data: Get Supported Documents',
		does: { resource: 'referenceData', operation: 'getSupportedDocuments' },
		dataLevels: 3,
	},
	{
		name: 'Team Member: Get Many',
		does: { resource: 'teamMember', operation: 'getAll' },
		keeps: { teamMemberId: 'items.0.id' },
		isAccountWide: true,
	},
	{
		name: 'Team Member: Get',
		does: {
			resource: 'teamMember',
			operation: 'get',
			parameters: { teamMemberId: byId('={{ $json.teamMemberId }}') },
		},
	},
	{
		name: 'Custom List: Get Many',
		does: { resource: 'customList', operation: 'getAll' },
		keeps: { customListId: 'items.0.id' },
		isAccountWide: true,
	},
	{
		name: 'Custom List: Get',
		does: {
			resource: 'customList',
			operation: 'get',
			parameters: { customListId: byId('={{ $json.customListId }}') },
		},
	},
	{ name: 'list workflow templates', does: { method: 'GET', path: '/workflowTemplates' } },
];
