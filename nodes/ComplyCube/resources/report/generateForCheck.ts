import { operation } from '../../pipeline/pipeline';
import { outputDataField } from '../../fields/binaryFields';
import { checkLocator } from '../check/fields';
import { locator } from '../../fields/locator';
import type { Operation } from '../resource';
import { inQuery } from '../../fields/routing';

/** API page "Generate a check report". */
export const generateForCheck: Operation = {
	name: 'Generate for Check',
	value: 'generateForCheck',
	action: 'Generate report for check',
	description: 'Get a PDF file about one check and its result',
	routing: {
		request: { method: 'GET', url: '/reports' },
		operations: {
			pagination: operation({ requires: ['checkId'], file: 'report/check/:checkId' }),
		},
	},
	properties: [locator({ ...checkLocator, routing: inQuery('checkId') }), outputDataField],
};
