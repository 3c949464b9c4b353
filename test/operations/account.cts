import { newId } from '../../simulator/store.cts';
import type { Rows } from './row.cts';

export const account: Rows = {
	get: {
		method: 'GET',
		parameters: {},
		seed: newId,
		sameForAll: true,
		anonymous: true,
		replies: [{ username: 'Example Ltd', plan: 'Essentials Plan', remainingCredit: 8000 }],
	},
};
