import type { Resource } from '../resource';
import { getScreeningLists } from './getScreeningLists';
import { getSupportedDocuments } from './getSupportedDocuments';

/** What is the same for every account (API pages "Screening lists", "Supported documents"). */
export const referenceData: Resource = {
	name: 'Reference Data',
	value: 'referenceData',
	description: 'Which lists ComplyCube screens against, and which documents it takes',
	operations: [getScreeningLists, getSupportedDocuments],
	default: 'getScreeningLists',
};
