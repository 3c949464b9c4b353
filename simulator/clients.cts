import { z } from 'zod';
import { mergePatch } from './mergePatch.cts';
import { Objects } from './objects.cts';
import type { ApiObject, Fields, Seed } from './objects.cts';
import type { Mode, Query, Route } from './resource.cts';
import { country, date, refuse, text } from './validation.cts';

const personDetails = z.object({
	firstName: text,
	middleName: z.string().optional(),
	lastName: text,
	dob: date.optional(),
	gender: z.enum(['male', 'female', 'other']).optional(),
	nationality: country.optional(),
	birthCountry: country.optional(),
	ssn: z.string().optional(),
	socialInsuranceNumber: z.string().optional(),
	nationalIdentityNumber: z.string().optional(),
	taxIdentificationNumber: z.string().optional(),
});

const companyDetails = z.object({
	name: text,
	website: z.string().url().optional(),
	registrationNumber: z.string().optional(),
	incorporationCountry: country.optional(),
	incorporationType: z
		.enum([
			'sole_proprietorship',
			'private_limited_company',
			'public_limited_company',
			'limited_partnership',
			'holding_company',
			'non_government_organisation',
			'statutory_company',
			'subsidiary_company',
			'unlimited_partnership',
			'charitable_incorporated_organisation',
			'chartered_company',
		])
		.optional(),
});

/** The longest key and value, as documented. [Clients] */
const METADATA_KEY_LENGTH = 40;
const METADATA_VALUE_LENGTH = 500;

const inputs = z.object({
	type: z.enum(['person', 'company']),
	email: z.string().email(),
	mobile: z.string().optional(),
	telephone: z.string().optional(),
	externalId: z.string().optional(),
	joinedDate: date.optional(),
	personDetails: personDetails.optional(),
	companyDetails: companyDetails.optional(),
	metadata: z.record(z.string(), z.unknown()).optional(),
});

/** The documented object. [Clients] */
export interface Client extends ApiObject, z.infer<typeof inputs> {
	/** Derived: the full name of the person or company. */
	entityName: string;
}

const FILTERS = [
	...['type', 'email', 'joinedDate', 'mobile', 'telephone'],
	...['firstName', 'middleName', 'lastName', 'dob', 'gender', 'nationality', 'birthCountry'].map(
		(name) => `personDetails.${name}`,
	),
	...['name', 'website', 'registrationNumber', 'incorporationType', 'incorporationCountry'].map(
		(name) => `companyDetails.${name}`,
	),
];

function entityNameOf({ type, ...client }: z.infer<typeof inputs>): string {
	if (type === 'company') return client.companyDetails?.name ?? '';
	const { firstName, middleName, lastName } = client.personDetails ?? {};
	return [firstName, middleName, lastName].filter(Boolean).join(' ');
}

/** The people and companies to verify. [Clients] */
export class Clients extends Objects<Client> {
	readonly name = 'clients';
	protected readonly thing = 'client';
	protected override readonly event = 'client';
	protected readonly inputs = inputs;
	protected override readonly filters = FILTERS;
	protected override readonly isListedByClient = false;

	readonly routes: Route[] = this.crudRoutes();

	/**
	 * @param path Below that of the client.
	 * @returns A route that shows what `read` makes of the client.
	 */
	viewRoute(path: string, view: (client: Client, mode: Mode) => object): Route {
		return this.actionRoute('GET', path, ({ data, mode }) => ({
			status: 200,
			body: view(data, mode),
		}));
	}

	protected defaults(seed: Seed<Client>): Fields {
		const details =
			seed.type === 'company'
				? { companyDetails: { name: 'Example Ltd' } }
				: { personDetails: { firstName: 'Ada', lastName: 'Example' } };
		const fields = { type: 'person', email: 'ada@example.com', ...details };
		return { ...fields, entityName: entityNameOf(mergePatch(fields, seed) as Client) };
	}

	protected override applyRules(fields: Fields): Fields {
		const client = fields as z.infer<typeof inputs>;
		const details = client.type === 'person' ? 'personDetails' : 'companyDetails';
		if (!client[details]) {
			refuse(`'${details}' must be provided when client type is \`${client.type}\``, details);
		}
		this.refuseBadMetadata(client.metadata ?? {});
		return { ...client, entityName: entityNameOf(client) };
	}

	protected override merge(fields: Fields, changes: Fields): Fields {
		const merged = super.merge(fields, changes);
		const replaces = changes.metadata && this.settings.metadataUpdate === 'replace';
		return replaces ? { ...merged, metadata: changes.metadata } : merged;
	}

	private refuseBadMetadata(metadata: Record<string, unknown>): void {
		const entries = Object.entries(metadata);
		const valid =
			entries.length <= this.settings.metadataKeys &&
			entries.every(
				([key, value]) =>
					key.length <= METADATA_KEY_LENGTH &&
					typeof value === 'string' &&
					value.length <= METADATA_VALUE_LENGTH,
			);
		if (!valid) {
			refuse(
				`'metadata' should have up to ${this.settings.metadataKeys} keys of up to ${METADATA_KEY_LENGTH} characters, with texts of up to ${METADATA_VALUE_LENGTH}`,
				'metadata',
			);
		}
	}

	protected override filtersFor(query: Query): string[] {
		return [...FILTERS, ...Object.keys(query).filter((name) => name.startsWith('metadata.'))];
	}
}
