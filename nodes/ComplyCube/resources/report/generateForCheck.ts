import { outputDataField } from '../../fields/binaryFields';
import { locator } from '../../fields/locator';
import { checkLocator } from '../check/fields';
import type { Operation } from '../resource';

/** API page "Generate a check report". */
export const generateForCheck: Operation = {
	name: 'Generate for Check',
	value: 'generateForCheck',
	action: 'Generate report for check',
	description: 'Get a PDF about a check and its result',
	request: { method: 'GET', path: '/reports' },
	plan: { kind: 'download', requiredIds: ['checkId'], fileName: 'report/check/:checkId' },
	fields: [locator(checkLocator), outputDataField],
};
