import type { Resource } from '../resource';
import { create } from './create';
import { createWithNewClient } from './createWithNewClient';

/** A link to ComplyCube's own pages for clients (API page "Hosted Solution"). */
export const flowSession: Resource = {
	name: 'Hosted Session',
	value: 'flowSession',
	description: 'A link to pages that lead a client through a verification',
	operations: [create, createWithNewClient],
	default: 'create',
};
