import type { Addresses } from './addresses.cts';
import type { Client, Clients } from './clients.cts';
import type { Mode, Route } from './resource.cts';
import { withoutEmpty } from './store.cts';

/** What a client with such a middle name gets. [Testing Data] */
const RISK_BY_MIDDLE_NAME = new Map([
	['medium-risk', 'medium'],
	['high-risk', 'high'],
]);

const NOT_SET = { risk: 'not_set' };

/** The risk of a client who has a country; without, there is not enough to tell. [Testing Data] */
function riskOf(mode: Mode, { personDetails }: Client, country: string | undefined): string {
	if (!country) return NOT_SET.risk;
	return (mode === 'test' && RISK_BY_MIDDLE_NAME.get(personDetails?.middleName ?? '')) || 'low';
}

/**
 * @returns `GET /clients/:id/riskProfile`. Only `overall` and the country's risk follow the testing
 * data; it is not documented what the others depend on.
 */
export const riskProfileRoutes = (clients: Clients, addresses: Addresses): Route[] => [
	clients.viewRoute('/riskProfile', (client, mode) => {
		const { personDetails, companyDetails } = client;
		const country =
			addresses.ofClient(mode, client.id)[0]?.country ??
			personDetails?.nationality ??
			personDetails?.birthCountry ??
			companyDetails?.incorporationCountry;
		const risk = riskOf(mode, client, country);
		return {
			overall: risk,
			countryRisk: withoutEmpty({ risk, country }),
			politicalExposureRisk: NOT_SET,
			occupationRisk: NOT_SET,
			watchlistRisk: NOT_SET,
			updatedAt: client.updatedAt,
		};
	}),
];
