import type { Resource } from '../resource';
import { generateForCheck } from './generateForCheck';
import { generateForClient } from './generateForClient';
import { generateForWorkflowSession } from './generateForWorkflowSession';

/** A PDF file for people to read (API page "Reports"). */
export const report: Resource = {
	name: 'Report',
	value: 'report',
	description: 'A PDF about a client, check or workflow session',
	operations: [generateForCheck, generateForClient, generateForWorkflowSession],
	default: 'generateForClient',
};
