import { outputDataField } from '../../fields/binaryFields';
import { clientLocator, locator } from '../../fields/locator';
import type { Operation } from '../resource';

/** API page "Generate a client report". */
export const generateForClient: Operation = {
	name: 'Generate for Client',
	value: 'generateForClient',
	action: 'Generate report for client',
	description: 'Get a PDF about a client and its checks',
	request: { method: 'GET', path: '/reports' },
	plan: { kind: 'download', requiredIds: ['clientId'], fileName: 'report/client/:clientId' },
	fields: [locator(clientLocator), outputDataField],
};
