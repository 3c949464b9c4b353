import type { Resource } from '../resource';
import { create } from './create';

/** What an SDK of ComplyCube needs to start (API page "Generate a token"). */
export const sdkToken: Resource = {
	name: 'SDK Token',
	value: 'sdkToken',
	description: 'What your app or website needs to start a ComplyCube SDK for a client',
	operations: [create],
	default: 'create',
};
