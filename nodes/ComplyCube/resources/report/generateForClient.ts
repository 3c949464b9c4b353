import { operation } from '../../pipeline/pipeline';
import { outputDataField } from '../../fields/binaryFields';
import { clientLocator, locator } from '../../fields/locator';
import type { Operation } from '../resource';
import { inQuery } from '../../fields/routing';

/** API page "Generate a client report". */
export const generateForClient: Operation = {
	name: 'Generate for Client',
	value: 'generateForClient',
	action: 'Generate report for client',
	description: 'Get a PDF file about a client and its checks',
	routing: {
		request: { method: 'GET', url: '/reports' },
		operations: {
			pagination: operation({ requires: ['clientId'], file: 'report/client/:clientId' }),
		},
	},
	properties: [locator({ ...clientLocator, routing: inQuery('clientId') }), outputDataField],
};
