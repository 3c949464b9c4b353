import type { Resource } from '../resource';
import { getScreeningLists } from './getScreeningLists';
import { getSupportedDocuments } from './getSupportedDocuments';

/** What is the same for every account (API pages "Screening lists", "Supported documents"). */
export const referenceData: Resource = {
	name: 'Reference Data',
	value: 'referenceData',
	description: 'The lists ComplyCube screens against and the documents it accepts',
	operations: [getScreeningLists, getSupportedDocuments],
	default: 'getScreeningLists',
};
