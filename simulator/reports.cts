import type { Check, Checks } from './checks.cts';
import type { Client, Clients } from './clients.cts';
import { invalidRequest, notFound } from './errors.cts';
import { renderPdf } from './pdf.cts';
import type { ApiCall, ApiReply, Route } from './resource.cts';
import type { Settings } from './settings.cts';

const clientLines = ({ id, entityName, type, email }: Client): string[] => [
	`Client: ${entityName}`,
	`ID: ${id}`,
	`Type: ${type}`,
	`Email: ${email}`,
];

const checkLines = ({ id, type, status, result, createdAt }: Check): string[] => [
	`Check: ${type}`,
	`ID: ${id}`,
	`Status: ${status}`,
	...(status === 'complete' && result ? [`Outcome: ${result.outcome}`] : []),
	`Created: ${createdAt}`,
];

/**
 * @returns `GET /reports?clientId=` or `?checkId=` -> `{ contentType, data }`. The error for both or
 * neither of them is not documented. [Generate a client report], [Generate a check report]
 */
export function reportRoutes(settings: Settings, clients: Clients, checks: Checks): Route[] {
	async function report(title: string, lines: string[]): Promise<ApiReply> {
		const data = (await renderPdf(title, lines)).toString('base64');
		return { status: 200, body: { contentType: settings.reportContentType, data } };
	}

	async function clientReport(mode: ApiCall['mode'], id: string): Promise<ApiReply> {
		const client = clients.find(mode, id);
		if (!client) return notFound('client', id);
		const lines = checks.ofClient(mode, id).flatMap((check) => ['', ...checkLines(check)]);
		return report('Client report', [...clientLines(client), ...lines]);
	}

	async function checkReport(mode: ApiCall['mode'], id: string): Promise<ApiReply> {
		const check = checks.find(mode, id);
		if (!check) return notFound('check', id);
		return report('Check report', [`Client: ${check.entityName}`, '', ...checkLines(check)]);
	}

	return [
		{
			method: 'GET',
			path: '/reports',
			handle: ({ mode, query: { clientId, checkId } }) => {
				if (!clientId === !checkId) {
					return invalidRequest("Either 'clientId' or 'checkId' must be provided", 'clientId');
				}
				return checkId ? checkReport(mode, String(checkId)) : clientReport(mode, String(clientId));
			},
		},
	];
}
