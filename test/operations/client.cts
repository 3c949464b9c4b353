import type { Simulator } from '../../simulator/server.cts';
import { newId } from '../../simulator/store.cts';
import { byId } from '../../sandbox/rig/workflows.cts';
import { deleted, ID, seedClient, type Rows } from './row.cts';

const CLIENT = {
	id: '5eb04fcd0f3e360008035eb1',
	type: 'person',
	entityName: 'John Doe',
	email: 'john@example.com',
	mobile: '+12345678910',
	telephone: '+12 345678910',
	externalId: '42',
	joinedDate: '2020-01-01',
	personDetails: {
		firstName: 'John',
		middleName: 'Paul',
		lastName: 'Doe',
		dob: '1990-01-01',
		gender: 'male',
		nationality: 'GB',
		birthCountry: 'GB',
		ssn: '123',
		socialInsuranceNumber: '123',
		nationalIdentityNumber: '123',
		taxIdentificationNumber: '123',
	},
	metadata: { plan: 'gold' },
	createdAt: '2020-01-04T17:24:29.146Z',
	updatedAt: '2020-01-04T17:24:29.146Z',
};
const COMPANY = {
	id: '5eb04fcd0f3e360008035eb2',
	type: 'company',
	entityName: 'Example Ltd',
	email: 'info@example.com',
	companyDetails: {
		name: 'Example Ltd',
		website: 'https://www.example.com',
		registrationNumber: '123',
		incorporationCountry: 'GB',
		incorporationType: 'holding_company',
	},
	createdAt: '2020-01-04T17:24:29.146Z',
	updatedAt: '2020-01-04T17:24:29.146Z',
};
const RISK_PROFILE = {
	id: CLIENT.id,
	overall: 'low',
	countryRisk: {
		risk: 'low',
		country: 'GB',
		breakdown: [
			{ source: 'Federal Bureau of Investigation (FBI)', normalisedRiskScore: 'low' },
			{ source: 'FinCEN', normalisedRiskScore: 'medium' },
		],
	},
	politicalExposureRisk: { risk: 'low', checkId: '5eb2b61e02df0a0008f1cf2a' },
	occupationRisk: {
		risk: 'low',
		checkId: '5eb2b61e02df0a0008f1cf2a',
		occupationCategory: 'Other',
		occupationTitle: 'Other',
	},
	watchlistRisk: { risk: 'low', checkId: '5eb2b61e02df0a0008f1cf2a' },
	updatedAt: '2020-01-04T17:24:29.146Z',
};

const EMAIL = `${ID}@example.com`;

/** The ID is the first part of the client's address. */
const seedEmail = ({ clients }: Simulator): string => {
	const id = newId();
	clients.seed({ email: `${id}@example.com` });
	return id;
};

export const client: Rows = {
	create: {
		method: 'POST',
		parameters: { email: EMAIL, firstName: 'Ada', lastName: 'Example' },
		seed: newId,
		replies: [CLIENT, COMPANY],
	},
	delete: {
		method: 'DELETE',
		parameters: { clientId: byId(ID) },
		seed: seedClient,
		looks: true,
		repeatable: true,
		replies: [deleted(CLIENT)],
	},
	get: {
		method: 'GET',
		parameters: { clientId: byId(ID) },
		seed: seedClient,
		replies: [CLIENT, COMPANY],
	},
	getAll: {
		method: 'GET',
		parameters: { clientFilters: { email: EMAIL } },
		seed: seedEmail,
		replies: [CLIENT, COMPANY],
	},
	getRiskProfile: {
		method: 'GET',
		parameters: { clientId: byId(ID) },
		seed: seedClient,
		replies: [RISK_PROFILE],
	},
	update: {
		method: 'POST',
		parameters: { clientId: byId(ID), clientUpdates: { mobile: '+12345678910' } },
		seed: seedClient,
		repeatable: true,
		replies: [CLIENT, COMPANY],
	},
	upsert: {
		method: 'POST',
		before: ['GET'],
		parameters: { email: EMAIL, firstName: 'Ada', lastName: 'Example' },
		seed: newId,
		repeatable: true,
		replies: [
			{ ...CLIENT, created: true },
			{ ...COMPANY, created: false },
		],
	},
};
