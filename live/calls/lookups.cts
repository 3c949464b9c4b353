import type { Call } from './call.cts';

/** Public registers. What is searched is what ComplyCube's own tests search. */
export const lookupCalls: Call[] = [
	{
		name: 'Company Lookup: Search',
		does: {
			resource: 'companyLookup',
			operation: 'search',
			parameters: { name: 'CLEDARA', country: 'GB' },
		},
		keeps: { registeredCompanyId: 'items.0.id' },
	},
	{
		name: 'Company Lookup: Get',
		does: {
			resource: 'companyLookup',
			operation: 'get',
			parameters: { companyId: '={{ $json.registeredCompanyId }}' },
		},
	},
	{
		name: 'Address Lookup: Search',
		does: {
			resource: 'addressLookup',
			operation: 'search',
			parameters: { line: 'Example Street', postalCode: 'W10 1LL', country: 'GB' },
		},
	},
];
