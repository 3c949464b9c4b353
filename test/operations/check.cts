import { byId } from '../../sandbox/rig/workflows.cts';
import { ID, redacted, seedClient, seedClientWith, seedOne, type Rows } from './row.cts';

const CHECK = {
	id: '5eb2b61e02df0a0008f1cf2a',
	clientId: '5eb1276d96be4a0008713af5',
	entityName: 'John Doe',
	documentId: '5eb158880c19580007310f22',
	addressId: '5eb1276f96be4a0008713af6',
	livePhotoId: '5eb1b5f231778a0008d1c3f6',
	liveVideoId: '5eb1b5f231778a0008d1c3f7',
	type: 'extensive_screening_check',
	status: 'pending',
	enableMonitoring: false,
	clientConsent: true,
	options: { screeningNameSearchMode: 'fuzzy' },
	createdAt: '2020-01-01T14:06:44.756Z',
	updatedAt: '2020-01-01T14:06:44.756Z',
};
const COMPLETE_CHECK = {
	...CHECK,
	status: 'complete',
	result: { outcome: 'clear', breakdown: { summary: {} } },
};

/** Seeds a check that found somebody. */
const seedMatch = seedOne('checks', {
	result: {
		outcome: 'attention',
		breakdown: { matches: [{ id: '5eb2b61e02df0a0008f1cf2b', entityName: 'John Doe' }] },
	},
});

export const check: Rows = {
	create: {
		method: 'POST',
		parameters: { clientId: byId(ID), type: 'extensive_screening_check' },
		seed: seedClient,
		replies: [CHECK],
	},
	get: {
		method: 'GET',
		parameters: { checkId: byId(ID) },
		seed: seedOne('checks'),
		replies: [COMPLETE_CHECK],
	},
	getAll: {
		method: 'GET',
		parameters: { checkFilters: { clientId: ID } },
		seed: seedClientWith('checks'),
		replies: [COMPLETE_CHECK],
	},
	getMatches: {
		method: 'GET',
		parameters: { checkId: byId(ID) },
		seed: seedMatch,
		replies: [
			{
				checkId: CHECK.id,
				clientId: CHECK.clientId,
				entityName: 'John Doe',
				checkType: CHECK.type,
				matchId: '5eb2b61e02df0a0008f1cf2b',
				match: { id: '5eb2b61e02df0a0008f1cf2b' },
			},
		],
	},
	redact: {
		method: 'POST',
		parameters: { checkId: byId(ID), images: ['face'] },
		seed: seedOne('checks', { type: 'document_check' }),
		repeatable: true,
		replies: [redacted(CHECK)],
	},
	update: {
		method: 'POST',
		parameters: { checkId: byId(ID), enableMonitoring: true },
		seed: seedOne('checks'),
		repeatable: true,
		replies: [COMPLETE_CHECK],
	},
	validate: {
		method: 'POST',
		parameters: { checkId: byId(ID), outcome: 'confirmed' },
		seed: seedOne('checks', { type: 'document_check' }),
		replies: [{ id: CHECK.id, outcome: 'clear' }],
	},
};
