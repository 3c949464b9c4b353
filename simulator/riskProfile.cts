import type { Addresses } from './addresses.cts';
import type { Client, Clients } from './clients.cts';
import type { Mode, Route } from './resource.cts';
import { withoutEmpty } from './store.cts';

/** In test mode, the middle name decides. [Testing Data] */
const RISK_BY_MIDDLE_NAME = new Map([
	['medium-risk', 'medium'],
	['high-risk', 'high'],
]);

const NOT_SET = { risk: 'not_set' };

/** Without a country the risk is not set. [Testing Data] */
function riskOf(mode: Mode, { personDetails }: Client, country: string | undefined): string {
	if (!country) return NOT_SET.risk;
	return (mode === 'test' && RISK_BY_MIDDLE_NAME.get(personDetails?.middleName ?? '')) || 'low';
}

/**
 * @returns `GET /clients/:id/riskProfile`. Only the overall and the country risk follow the testing
 * data, because the documentation does not say what the others depend on.
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
