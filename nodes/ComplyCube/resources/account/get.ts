import type { Operation } from '../resource';

/** API page "Get account info". */
export const get: Operation = {
	name: 'Get',
	value: 'get',
	action: 'Get account',
	description: 'Get your plan and, if it has credit, how much is left',
	request: { method: 'GET', path: '/accountInfo' },
	plan: { kind: 'read' },
	hint: "For a low-credit alert, put a Schedule Trigger before this node and an If on 'remainingCredit' after it. Only plans with credit have that field.",
	fields: [],
};
