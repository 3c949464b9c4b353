import type { Resource } from '../resource';
import { get } from './get';

/** The account that the API key belongs to (API page "Get account info"). */
export const account: Resource = {
	name: 'Account',
	value: 'account',
	description: 'Your ComplyCube account: its plan and credit',
	operations: [get],
};
