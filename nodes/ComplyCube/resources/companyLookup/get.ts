import { idField } from '../../fields/locator';
import { outputProperties } from '../../fields/outputFields';
import type { Operation } from '../resource';

const SIMPLIFIED_FIELDS = [
	'id',
	'name',
	'registrationNumber',
	'active',
	'incorporationCountry',
	'incorporationDate',
	'incorporationType',
	'address',
	'owners',
	'officers',
];

/** API page "Get company details". */
const FIELDS = [
	{ name: 'Active', value: 'active' },
	{ name: 'Address', value: 'address' },
	{ name: 'Created At', value: 'createdAt' },
	{ name: 'Filings', value: 'filings' },
	{ name: 'Incorporation Country', value: 'incorporationCountry' },
	{ name: 'Incorporation Date', value: 'incorporationDate' },
	{ name: 'Incorporation Type', value: 'incorporationType' },
	{ name: 'Industry Codes', value: 'industryCodes' },
	{ name: 'Name', value: 'name' },
	{ name: 'Officers', value: 'officers' },
	{ name: 'Owners', value: 'owners' },
	{ name: 'Registration Number', value: 'registrationNumber' },
	{ name: 'Source URL', value: 'sourceUrl' },
	{ name: 'Updated At', value: 'updatedAt' },
];

/** API page "Get company details". The page "Service Quota" does not count it, so it is read again like any GET. */
export const get: Operation = {
	name: 'Get',
	value: 'get',
	action: 'Get company from register',
	description:
		'Get a company that Search found, with its owners, officers, filings and industry codes',
	request: { method: 'GET', path: '/lookup/companies/:companyId' },
	plan: { kind: 'read', simplified: SIMPLIFIED_FIELDS },
	outputFields: FIELDS,
	fields: [idField('Company ID', 'companyId', "The 'id' from Search"), ...outputProperties],
};
