import type { Resource } from '../resource';
import { generateForCheck } from './generateForCheck';
import { generateForClient } from './generateForClient';
import { generateForWorkflowSession } from './generateForWorkflowSession';

/** A PDF file for people to read (API page "Reports"). */
export const report: Resource = {
	name: 'Report',
	value: 'report',
	description: 'A PDF file about a client, a check or a workflow session, for people to read',
	operations: [generateForCheck, generateForClient, generateForWorkflowSession],
	default: 'generateForClient',
};
