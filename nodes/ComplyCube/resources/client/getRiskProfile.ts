import { clientLocator, locator } from '../../fields/locator';
import type { Operation } from '../resource';
import { CLIENT_PATH } from './fields';

/** API page "Get a risk profile". */
export const getRiskProfile: Operation = {
	name: 'Get Risk Profile',
	value: 'getRiskProfile',
	action: 'Get risk profile of client',
	description:
		"Get a client's risk: overall and by country, political exposure, occupation and watchlist",
	request: { method: 'GET', path: `${CLIENT_PATH}/riskProfile` },
	plan: { kind: 'read', idFrom: 'clientId' },
	fields: [locator(clientLocator)],
};
