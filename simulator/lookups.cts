import { z } from 'zod';
import { notFound, quotaExceeded } from './errors.cts';
import type { ApiReply, Route } from './resource.cts';
import type { Settings } from './settings.cts';
import { withoutEmpty } from './store.cts';
import { country, parse, text } from './validation.cts';

/** A company in a public register. [Search company], [Get company details] */
export interface RegisteredCompany {
	id: string;
	name: string;
	incorporationCountry: string;
	/** The other fields of a summary, and those that only details have. */
	[field: string]: unknown;
}

/** An address that exists; it has no ID. [Search address] */
export interface KnownAddress {
	propertyNumber?: string;
	buildingName?: string;
	line: string;
	city: string;
	state?: string;
	postalCode: string;
	country: string;
}

/** Shown by Get only. [Get company details] */
const DETAILS = ['owners', 'officers', 'filings', 'industryCodes'];

const companyInputs = z.object({ companyName: text, incorporationCountry: country });
const addressInputs = z.object({ line: text, postalCode: text, country });

const summary = (company: RegisteredCompany) =>
	withoutEmpty(
		Object.fromEntries(Object.entries(company).filter(([name]) => !DETAILS.includes(name))),
	);

const normalized = (words: string) => words.toLowerCase().replace(/\s/g, '');

const includes = (whole: string, part: string) => normalized(whole).includes(normalized(part));

/** The frame of a company search is not documented. */
const FRAMES = {
	envelope: (items: object[]) => ({
		page: 1,
		pageSize: 100,
		totalItems: items.length,
		pages: 1,
		items,
	}),
	total: (items: object[]) => ({ totalItems: items.length, items }),
	itemsOnly: (items: object[]) => ({ items }),
};

const searchCompanies = (settings: Settings, body: unknown): ApiReply => {
	const { companyName, incorporationCountry } = parse(companyInputs, body);
	const found = settings.registeredCompanies.filter(
		(company) =>
			company.incorporationCountry === incorporationCountry && includes(company.name, companyName),
	);
	return { status: 200, body: FRAMES[settings.companySearchReply](found.map(summary)) };
};

const searchAddresses = (settings: Settings, body: unknown): ApiReply => {
	const wanted = parse(addressInputs, body);
	const found = settings.knownAddresses.filter(
		({ line, postalCode, country }) =>
			country === wanted.country &&
			normalized(postalCode) === normalized(wanted.postalCode) &&
			includes(line, wanted.line),
	);
	return {
		status: 200,
		body: { totalItems: found.length, items: found.map((address) => withoutEmpty(address)) },
	};
};

/**
 * What is in public registers. Both searches count in the quota; whether reading a company does, a setting says.
 *
 * @returns `POST /lookup/companies`, `GET /lookup/companies/:id`, `POST /lookup/addresses`. [Search company], [Get company
 * details], [Search address]
 */
export const lookupRoutes = (settings: Settings): Route[] => [
	{
		method: 'POST',
		path: '/lookup/companies',
		countsInQuota: true,
		handle: ({ body }) => searchCompanies(settings, body),
	},
	{
		method: 'GET',
		path: '/lookup/companies/:id',
		handle: ({ params: { id } }) => {
			if (settings.quotaExceeded && settings.companyDetailsCount) return quotaExceeded();
			const company = settings.registeredCompanies.find((one) => one.id === id);
			return company ? { status: 200, body: withoutEmpty(company) } : notFound('company', id);
		},
	},
	{
		method: 'POST',
		path: '/lookup/addresses',
		countsInQuota: true,
		handle: ({ body }) => searchAddresses(settings, body),
	},
];
