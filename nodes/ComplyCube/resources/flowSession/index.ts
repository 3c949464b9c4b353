import type { Resource } from '../resource';
import { create } from './create';
import { createWithNewClient } from './createWithNewClient';

/** A link to ComplyCube's own pages for clients (API page "Hosted Solution"). */
export const flowSession: Resource = {
	name: 'Hosted Session',
	value: 'flowSession',
	description: "A link that takes a client through verification on ComplyCube's pages",
	operations: [create, createWithNewClient],
	default: 'create',
};
