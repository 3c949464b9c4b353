import { operation } from '../../pipeline/pipeline';
import { clientLocator, locator } from '../../fields/locator';
import type { Operation } from '../resource';
import { CLIENT_PATH } from './fields';

/** API page "Get a risk profile". */
export const getRiskProfile: Operation = {
	name: 'Get Risk Profile',
	value: 'getRiskProfile',
	action: 'Get risk profile of client',
	description:
		'Read how risky a client is: overall, and by country, political exposure, occupation and watchlists. Reading is free.',
	routing: {
		request: { method: 'GET', url: `${CLIENT_PATH}/riskProfile` },
		operations: { pagination: operation({ idFrom: 'clientId' }) },
	},
	properties: [locator(clientLocator)],
};
