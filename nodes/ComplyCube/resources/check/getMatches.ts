import { locator } from '../../fields/locator';
import { waitOptions } from '../../fields/waitFields';
import type { Operation } from '../resource';
import { CHECK_PATH, checkLocator, untilFinal } from './fields';

/** API pages "Get a check", "AML Screening Check". */
export const getMatches: Operation = {
	name: 'Get Matches',
	value: 'getMatches',
	action: 'Get matches of screening check',
	description: 'Get what a screening check found: one item per match, ready for Validate',
	request: { method: 'GET', path: CHECK_PATH },
	plan: { kind: 'matches', polling: untilFinal },
	fields: [locator(checkLocator), waitOptions],
};
