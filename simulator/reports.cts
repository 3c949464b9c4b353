import type { Check, Checks } from './checks.cts';
import type { Client, Clients } from './clients.cts';
import { invalidRequest, notFound } from './errors.cts';
import { renderPdf } from './pdf.cts';
import type { ApiCall, ApiReply, Route } from './resource.cts';
import type { Contents } from './contents.cts';
import type { Settings } from './settings.cts';
import type { WorkflowSession, WorkflowSessions } from './workflowSessions.cts';

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

const sessionLines = (session: WorkflowSession): string[] => [
	`Client: ${session.entityName}`,
	`ID: ${session.id}`,
	`Workflow: ${session.workflowTemplateName}`,
	`Status: ${session.status}`,
	...(session.status === 'complete' ? [`Outcome: ${session.outcome}`] : []),
	`Created: ${session.createdAt}`,
];

/** What reports are about. */
interface Subjects {
	clients: Clients;
	checks: Checks;
	workflowSessions: WorkflowSessions;
}

/**
 * @returns `GET /reports?clientId=`, `?checkId=` or `?workflowSessionId=` -> `{ contentType, data }`.
 * The error for several or none of them is not documented. [Generate a client report], [Generate a
 * check report], [Generate a workflow session report]
 */
export function reportRoutes(
	settings: Settings,
	{ clients, checks, workflowSessions }: Subjects,
	contents: Contents,
): Route[] {
	async function report(title: string, lines: string[]): Promise<ApiReply> {
		const data = (await renderPdf(title, lines)).toString('base64');
		return { status: 200, body: { contentType: settings.reportContentType, data } };
	}

	/** Its exact body is not documented, only that it has a link to the file. */
	async function sessionReport(mode: ApiCall['mode'], id: string): Promise<ApiReply> {
		const session = workflowSessions.find(mode, id);
		if (!session) return notFound('workflow session', id);
		const title = 'Workflow session report';
		if (settings.sessionReportData === 'base64') return report(title, sessionLines(session));
		const contentType = 'application/pdf';
		const data = contents.add(await renderPdf(title, sessionLines(session)), contentType);
		return { status: 200, body: { contentType, data } };
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
			handle: ({ mode, query: { clientId, checkId, workflowSessionId } }) => {
				if ([clientId, checkId, workflowSessionId].filter(Boolean).length !== 1) {
					return invalidRequest(
						"Either 'clientId', 'checkId' or 'workflowSessionId' must be provided",
						'clientId',
					);
				}
				if (workflowSessionId) return sessionReport(mode, String(workflowSessionId));
				return checkId ? checkReport(mode, String(checkId)) : clientReport(mode, String(clientId));
			},
		},
	];
}
