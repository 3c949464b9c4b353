import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { authenticate } from './auth.cts';
import { respond } from './wire.cts';
import {
	forbidden,
	internalServerError,
	invalidRequest,
	quotaExceeded,
	rateLimitExceeded,
	Refusal,
	requestTooLarge,
	unknownRoute,
} from './errors.cts';
import type { Faults } from './faults.cts';
import { retryAfterHeader } from './rateLimit.cts';
import type { RateLimiter } from './rateLimit.cts';
import type { Ending, RequestLog, RequestRecord } from './requestLog.cts';
import type { ApiReply, Mode, Query, Route } from './resource.cts';
import type { Settings } from './settings.cts';

export const BASE_PATH = '/v1';

/** What all API requests share. */
export interface ApiState {
	settings: Settings;
	faults: Faults;
	limiter: RateLimiter;
	log: RequestLog;
	routes: Route[];
}

/** What is decided as soon as a request arrives. */
interface Arrival {
	record: RequestRecord;
	verdict: { mode: Mode } | { refusal: ApiReply };
}

declare module 'fastify' {
	interface FastifyRequest {
		arrival: Arrival;
	}
}

/**
 * Checks key and rate limit before the body is read, so that a slow upload counts in the second in
 * which it arrived.
 */
function registerArrival(state: ApiState, request: FastifyRequest, reply: FastifyReply): Arrival {
	const { settings, log, limiter } = state;
	const record = log.start(request.raw, request.query as Query, reply.raw);
	const key = request.headers.authorization ?? '';
	const verdict = authenticate(key, settings);
	if ('refusal' in verdict || !settings.rateLimit) return { record, verdict };
	const limit = settings.rateLimit[verdict.mode];
	if (limiter.tryAdmit(key, limit, record.arrivedAt, settings.rateLimitBlockMs)) {
		return { record, verdict };
	}
	return {
		record,
		verdict: {
			refusal: { ...rateLimitExceeded(), headers: retryAfterHeader(settings.retryAfter) },
		},
	};
}

/** @returns The parsed body, or `malformed` when it is not JSON. */
function parseBody(text: string | undefined): { body?: unknown; malformed: boolean } {
	if (!text) return { malformed: false };
	try {
		return { body: JSON.parse(text), malformed: false };
	} catch {
		return { body: text, malformed: true };
	}
}

/** Answers a request: key and rate limit first, then fault, size, quota and resource. */
async function serve(
	state: ApiState,
	request: FastifyRequest,
	reply: FastifyReply,
	handle: Route['handle'],
	countsInQuota = false,
): Promise<void> {
	const { settings, faults, log } = state;
	const { record, verdict } = request.arrival;
	const text = request.body as string | undefined;
	const { body, malformed } = parseBody(text);
	record.body = body;
	const params = request.params as Record<string, string>;
	const query = request.query as Query;
	const path = record.path.replace(BASE_PATH, '').replace(/(?<=.)\/$/, '');
	const [, resource] = path.split('/');

	const runHandler = async (): Promise<ApiReply> => {
		if ('refusal' in verdict) return verdict.refusal;
		if (Buffer.byteLength(text ?? '') > settings.maxBodyBytes) return requestTooLarge();
		if (malformed) return invalidRequest('The request body is not valid JSON');
		if (settings.notInPlan.includes(resource)) return forbidden();
		if (countsInQuota && settings.quotaExceeded) return quotaExceeded();
		try {
			return await handle({ mode: verdict.mode, params, query, body });
		} catch (error) {
			if (error instanceof Refusal) return error.reply;
			throw error;
		}
	};
	const handleAndRecord = async (): Promise<ApiReply> => {
		const apiReply = await runHandler();
		record.tookEffect = request.method !== 'GET' && apiReply.status < 300;
		return apiReply;
	};

	// A refused request does not use up a fault, so tests can rely on theirs being applied.
	const content = `${JSON.stringify(query)} ${text ?? ''}`;
	const fault = 'refusal' in verdict ? undefined : faults.take(request.method, path, content);
	if (fault) record.fault = { id: fault.id, kind: fault.kind };

	reply.hijack();
	const wire = {
		response: reply.raw,
		record,
		recordEnding: (ending: Ending) => log.close(record, ending),
	};
	try {
		await respond(wire, handleAndRecord, fault);
	} catch (error) {
		console.error(error);
		if (!reply.raw.headersSent) await respond(wire, async () => internalServerError(), undefined);
	}
}

/**
 * Serves the routes below `/v1`, with or without a trailing slash; everything else gets a 404 in the
 * API's error shape.
 *
 * @param state Shared by all requests.
 */
export function registerApi(app: FastifyInstance, state: ApiState): void {
	app.decorateRequest('arrival', null as unknown as Arrival);
	app.addHook('onRequest', (request, reply, done) => {
		request.arrival = registerArrival(state, request, reply);
		done();
	});

	// Read as text, because the documented calls announce JSON even without a body.
	app.removeAllContentTypeParsers();
	app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));

	for (const { method, path, countsInQuota, handle } of state.routes) {
		app.route({
			method,
			url: `${BASE_PATH}${path}`,
			handler: (request, reply) => serve(state, request, reply, handle, countsInQuota),
		});
	}
	app.setNotFoundHandler((request, reply) =>
		serve(state, request, reply, () => unknownRoute(request.method, request.arrival.record.path)),
	);
}
