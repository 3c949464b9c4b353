import type { AddressInfo } from 'node:net';
import fastify from 'fastify';
import { accountInfoRoutes } from './accountInfo.cts';
import { Addresses } from './addresses.cts';
import { registerAdmin } from './admin.cts';
import type { AdminState } from './admin.cts';
import { BASE_PATH, registerApi } from './api.cts';
import { registerApplicantPage } from './applicantPage.cts';
import { AuditLogs } from './auditLogs.cts';
import { autofillRoutes } from './autofill.cts';
import { Checks } from './checks.cts';
import { Clients } from './clients.cts';
import { CustomLists } from './customLists.cts';
import { Contents } from './contents.cts';
import { Deliveries } from './deliveries.cts';
import { Documents } from './documents.cts';
import { invalidRequest } from './errors.cts';
import { Faults } from './faults.cts';
import { FlowSessions } from './flowSessions.cts';
import { LivePhotos } from './livePhotos.cts';
import { LiveVideos } from './liveVideos.cts';
import { lookupRoutes } from './lookups.cts';
import { toOriginForm } from './originForm.cts';
import { RateLimiter } from './rateLimit.cts';
import { reportRoutes } from './reports.cts';
import { RequestLog } from './requestLog.cts';
import type { RequestRecord } from './requestLog.cts';
import type { Announce } from './resource.cts';
import { riskProfileRoutes } from './riskProfile.cts';
import { defaultSettings } from './settings.cts';
import type { Settings } from './settings.cts';
import { staticDataRoutes } from './staticData.cts';
import { TeamMembers } from './teamMembers.cts';
import { tokenRoutes } from './tokens.cts';
import { Webhooks } from './webhooks.cts';
import { WorkflowSessions } from './workflowSessions.cts';

export interface SimulatorOptions extends Partial<Settings> {
	/** Any free port if 0, the default. */
	port?: number;
	/** 127.0.0.1 unless given. */
	host?: string;
}

export interface Simulator {
	/** Base URL of the API, e.g. `http://127.0.0.1:40123/v1`. */
	url: string;
	/** The same without `/v1`; admin endpoints are below `/admin`. */
	origin: string;
	/** Changes take effect at once. */
	settings: Settings;
	clients: Clients;
	addresses: Addresses;
	documents: Documents;
	livePhotos: LivePhotos;
	liveVideos: LiveVideos;
	checks: Checks;
	workflowSessions: WorkflowSessions;
	flowSessions: FlowSessions;
	webhooks: Webhooks;
	auditLogs: AuditLogs;
	customLists: CustomLists;
	teamMembers: TeamMembers;
	/** Files behind links. */
	contents: Contents;
	/** What was sent to the webhooks, genuine or forged. */
	deliveries: Deliveries;
	faults: Faults;
	/** Every API request so far, oldest first; always the same array. */
	requests: RequestRecord[];
	/** The documented calls that it answers, each as `<method> <path>`, e.g. `GET /clients/:id`. */
	calls: string[];
	/**
	 * Restores the initial state: no objects, deliveries, requests or faults, and the initial
	 * settings.
	 */
	reset(): void;
	/** Closes all connections, frees the port and deletes all objects. */
	close(): Promise<void>;
}

/**
 * Starts a simulator of the ComplyCube API, built from its documentation. Throughout its source,
 * square brackets name the page of the documentation, or the official client, that a fact is from.
 *
 * @param options Where to listen, and settings that differ from the defaults.
 * @returns The simulator, once it accepts connections.
 */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
	const { port = 0, host = '127.0.0.1', ...changes } = options;
	const initialSettings = (): Settings => ({ ...defaultSettings(), ...structuredClone(changes) });
	const settings = initialSettings();
	const faults = new Faults();
	const limiter = new RateLimiter();
	const log = new RequestLog();
	let origin: string;

	const webhooks = new Webhooks(settings, (id) => deliveries.stopRetries(id));
	const deliveries = new Deliveries(settings, webhooks);
	const auditLogs = new AuditLogs(settings, () => {});
	const announce: Announce = (occurrence) => {
		auditLogs.note(occurrence);
		deliveries.announce(occurrence);
	};
	const clients = new Clients(settings, announce);
	const addresses = new Addresses(settings, announce, clients);
	const documents = new Documents(settings, announce, clients);
	const livePhotos = new LivePhotos(settings, announce, clients, (id) => checks.usesLivePhoto(id));
	const liveVideos = new LiveVideos(settings, announce, clients);
	const checks: Checks = new Checks(settings, announce, clients, {
		documentId: documents,
		addressId: addresses,
		livePhotoId: livePhotos,
		liveVideoId: liveVideos,
	});
	const workflowSessions = new WorkflowSessions(settings, announce, checks);
	const flowSessions = new FlowSessions(
		settings,
		announce,
		clients,
		checks,
		workflowSessions,
		() => origin,
	);
	const contents = new Contents(settings, () => origin);
	const resources = {
		clients,
		addresses,
		documents,
		livePhotos,
		liveVideos,
		checks,
		workflowSessions,
		flowSessions,
		webhooks,
		auditLogs,
		customLists: new CustomLists(settings, announce),
		teamMembers: new TeamMembers(settings, announce),
	};
	const collections: AdminState['collections'] = Object.values(resources);
	const routes = [
		...accountInfoRoutes(settings),
		...Object.values(resources).flatMap((resource) => resource.routes),
		...riskProfileRoutes(clients, addresses),
		...tokenRoutes(clients),
		...lookupRoutes(settings),
		...staticDataRoutes(settings),
		...reportRoutes(settings, { clients, checks, workflowSessions }, contents),
		...autofillRoutes(settings),
	];

	/** Deletes all objects, and cancels what was still to happen to them. */
	const clearObjects = (): void => {
		for (const part of [...collections, deliveries, contents]) part.clear();
	};
	const reset = (): void => {
		Object.assign(settings, initialSettings());
		for (const part of [faults, limiter, log]) part.clear();
		clearObjects();
	};
	const close = async (): Promise<void> => {
		await app.close();
		clearObjects();
	};

	const app = fastify({
		// Higher than `maxBodyBytes`, so that the API's own reply is the one that callers see.
		bodyLimit: 256 * 1024 * 1024,
		forceCloseConnections: true,
		exposeHeadRoutes: false,
		rewriteUrl: toOriginForm,
		routerOptions: { ignoreTrailingSlash: true, maxParamLength: 16 * 1024 },
		// By default, Ajv would drop an unknown name in an admin body, and take "1" for 1.
		ajv: { customOptions: { removeAdditional: false, coerceTypes: false } },
		// The router rejects a malformed percent-encoding before any hook runs.
		frameworkErrors: (_error, _request, reply) => {
			const { status, body } = invalidRequest('The URL is malformed');
			reply.raw.writeHead(status, { 'content-type': 'application/json' });
			reply.raw.end(JSON.stringify(body));
		},
	});
	await app.register((scope, _options, done) => {
		registerApi(scope, { settings, faults, limiter, log, routes });
		done();
	});
	await app.register(
		(scope, _options, done) => {
			registerAdmin(scope, { settings, faults, log, collections, deliveries, reset });
			done();
		},
		{ prefix: '/admin' },
	);
	await app.register((scope, _options, done) => {
		registerApplicantPage(scope, flowSessions);
		done();
	});
	await app.register((scope, _options, done) => {
		contents.register(scope);
		done();
	});
	await app.listen({ port, host });

	origin = `http://${host}:${(app.server.address() as AddressInfo).port}`;
	return {
		url: `${origin}${BASE_PATH}`,
		origin,
		settings,
		...resources,
		contents,
		deliveries,
		faults,
		requests: log.requests,
		calls: routes.map(({ method, path }) => `${method} ${path}`),
		reset,
		close,
	};
}
