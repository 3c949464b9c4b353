import type { Simulator } from '../../simulator/server.cts';
import { newId } from '../../simulator/store.cts';
import { ID, type Rows } from './row.cts';

const ADDRESS = {
	propertyNumber: '4',
	buildingName: 'The Tower',
	line: 'Common Street',
	city: 'London',
	state: 'Greater London',
	postalCode: 'W10 1LL',
	country: 'GB',
};
const SUMMARY = {
	id: '67625f5f3131343535333733',
	name: 'Example Limited',
	registrationNumber: '00000001',
	incorporationCountry: 'GB',
	incorporationDate: '2018-01-31',
	incorporationType: 'Private Limited Company',
	address: ADDRESS,
	active: true,
	sourceUrl: 'https://registry.example.com/00000001',
	createdAt: '2024-01-01T00:00:00.000Z',
	updatedAt: '2024-01-01T00:00:00.000Z',
};
const COMPANY = {
	...SUMMARY,
	owners: [
		{
			type: 'shareholder',
			role: 'shareholder',
			entityType: 'person',
			entityName: 'Ada Example',
			ownershipType: 'direct',
			firstName: 'Ada',
			lastName: 'Example',
			dob: '1990-01-31',
			nationality: 'GB',
			countryOfResidence: 'GB',
			address: ADDRESS,
			ownershipStructure: {},
		},
	],
	officers: [
		{
			entityName: 'Ada Example',
			role: 'director',
			occupation: 'Engineer',
			nationality: 'GB',
			firstName: 'Ada',
			lastName: 'Example',
			active: true,
		},
	],
	filings: [
		{
			name: 'CS01',
			description: 'Confirmation statement',
			type: 'confirmation-statement',
			date: '2023-01-31',
			fileUrl: 'https://registry.example.com/00000001/cs01.pdf',
		},
	],
	industryCodes: [{ code: '62012', description: 'Software', scheme: 'SIC' }],
};

/** The ID is part of the company's name too, by which it is searched. */
const seedCompany = ({ settings }: Simulator): string => {
	const id = newId();
	settings.registeredCompanies.push({ ...COMPANY, id, name: `Example ${id} Limited` });
	return id;
};

export const companyLookup: Rows = {
	get: {
		method: 'GET',
		parameters: { companyId: ID },
		seed: seedCompany,
		replies: [COMPANY],
	},
	search: {
		method: 'POST',
		parameters: { name: ID, country: 'GB' },
		seed: seedCompany,
		replies: [SUMMARY],
	},
};
