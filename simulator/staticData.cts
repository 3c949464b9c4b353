import type { Route } from './resource.cts';
import type { Settings } from './settings.cts';

/**
 * @returns `GET /static/screeningLists`, an array of texts, and `GET /static/supportedDocuments`, objects in objects. [Screening
 * lists], [Supported documents]
 */
export const staticDataRoutes = (settings: Settings): Route[] => [
	{
		method: 'GET',
		path: '/static/screeningLists',
		handle: () => ({ status: 200, body: [...settings.screeningLists].sort() }),
	},
	{
		method: 'GET',
		path: '/static/supportedDocuments',
		handle: () => ({ status: 200, body: settings.supportedDocuments }),
	},
];
