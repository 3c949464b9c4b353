import { locator } from '../../fields/locator';
import { outputProperties } from '../../fields/outputFields';
import { waitOptions } from '../../fields/waitFields';
import type { Operation } from '../resource';
import { CHECK_FIELDS, CHECK_PATH, checkLocator, SIMPLIFIED_FIELDS, untilFinal } from './fields';

/** API page "Get a check". */
export const get: Operation = {
	name: 'Get',
	value: 'get',
	action: 'Get check',
	description: 'Get one check: its status and, once complete, its result and outcome',
	request: { method: 'GET', path: CHECK_PATH },
	plan: { kind: 'read', simplified: SIMPLIFIED_FIELDS, polling: untilFinal },
	outputFields: CHECK_FIELDS,
	fields: [locator(checkLocator), ...outputProperties, waitOptions],
};
