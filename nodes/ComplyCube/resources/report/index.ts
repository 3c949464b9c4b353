import type { Resource } from '../resource';
import { generateForCheck } from './generateForCheck';
import { generateForClient } from './generateForClient';

/** A PDF file for people to read (API page "Reports"). */
export const report: Resource = {
	name: 'Report',
	value: 'report',
	description: 'A PDF file about a client or a check, for people to read',
	operations: [generateForCheck, generateForClient],
	default: 'generateForClient',
};
