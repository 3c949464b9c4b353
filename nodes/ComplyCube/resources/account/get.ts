import type { Operation } from '../resource';

/** API page "Get account info". */
export const get: Operation = {
	name: 'Get',
	value: 'get',
	action: 'Get account',
	description: 'Read the plan, and on plans with credit how much is left. Reading is free.',
	request: { method: 'GET', path: '/accountInfo' },
	plan: { kind: 'read' },
	hint: "For an alert when credit runs low: a Schedule Trigger before this node, and after it an If on 'remainingCredit', which only plans with credit have.",
	fields: [],
};
