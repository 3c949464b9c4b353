import type { Route } from './resource.cts';
import type { Settings } from './settings.cts';
import { withoutEmpty } from './store.cts';

/**
 * @returns `GET /accountInfo` -> `{ username, plan, remainingCredit? }`. [Get account info]
 */
export const accountInfoRoutes = (settings: Settings): Route[] => [
	{
		method: 'GET',
		path: '/accountInfo',
		handle: () => ({ status: 200, body: withoutEmpty(settings.accountInfo) }),
	},
];
