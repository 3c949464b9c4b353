import { idField } from '../../fields/locator';
import { outputProperties } from '../../fields/outputFields';
import type { Operation } from '../resource';
import { LIST_FIELDS, SIMPLIFIED_FIELDS } from './fields';

const FIELDS = [...LIST_FIELDS, { name: 'Diff', value: 'diff' }].sort((one, other) =>
	one.name.localeCompare(other.name),
);

/** API page "Get an audit log". */
export const get: Operation = {
	name: 'Get',
	value: 'get',
	action: 'Get audit log',
	description: 'Get who changed what and when, with the old and new values',
	request: { method: 'GET', path: '/auditLogs/:auditLogId' },
	plan: { kind: 'read', simplified: SIMPLIFIED_FIELDS },
	outputFields: FIELDS,
	fields: [idField('Audit Log ID', 'auditLogId', "The 'id' from Get Many"), ...outputProperties],
};
