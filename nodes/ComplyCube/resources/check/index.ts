import type { Resource } from '../resource';
import { create } from './create';
import { get } from './get';
import { getAll } from './getAll';
import { getMatches } from './getMatches';
import { redact } from './redact';
import { update } from './update';
import { validate } from './validate';

/** One verification of a client (API page "Checks"). */
export const check: Resource = {
	name: 'Check',
	value: 'check',
	description: 'One verification of a client, e.g. an AML screening',
	operations: [create, get, getAll, getMatches, redact, update, validate],
};
