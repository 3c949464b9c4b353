import type { Simulator } from '../../simulator/server.cts';
import { newId } from '../../simulator/store.cts';
import type { Rows } from './row.cts';

/** Leaves one entry, which becomes one item. */
const seedEntry = ({ settings }: Simulator): string => {
	settings.screeningLists = ['Example List'];
	settings.supportedDocuments = { document_check: { passport: { AE: { sides: 1 } } } };
	return newId();
};

export const referenceData: Rows = {
	getScreeningLists: {
		method: 'GET',
		parameters: {},
		seed: seedEntry,
		sameForAll: true,
		anonymous: true,
		replies: [{ name: 'African Development Bank Group (AFDB)' }],
	},
	getSupportedDocuments: {
		method: 'GET',
		parameters: {},
		seed: seedEntry,
		sameForAll: true,
		anonymous: true,
		replies: [{ checkType: 'document_check', documentType: 'passport', country: 'AE', sides: 1 }],
	},
};
