import type { AddressInfo } from 'node:net';
import fastify, { type FastifyReply, type FastifyRequest } from 'fastify';
import { toOriginForm } from '../simulator/originForm.cts';

/** What came back for a request. */
export interface Reply {
	/** 0 if there was no answer */
	status: number;
	/** By lower-case name */
	headers: Record<string, string>;
	body: Buffer;
}

/** A request and its reply, without the request's headers: the API key is among them. */
export interface Exchange extends Reply {
	method: string;
	/** With the query, below the base URL */
	path: string;
}

export interface Proxy {
	/** What to use in place of the base URL behind it */
	url: string;
	/** Refuses new requests, and waits for those under way. */
	drain(): Promise<void>;
	close(): Promise<void>;
}

/** How long a request may take, in ms. */
const TIMEOUT_MS = 60_000;

const REQUEST_HEADERS = ['authorization', 'content-type', 'accept', 'user-agent'];

/** What the proxy says in its own way: `fetch` has undone the encoding. */
const OWN_HEADERS = ['connection', 'content-encoding', 'content-length', 'transfer-encoding'];

const NO_ANSWER: Reply = { status: 0, headers: {}, body: Buffer.alloc(0) };

/**
 * Sends a request.
 *
 * @returns What came back; nothing is thrown if there was no answer
 */
export async function exchange(
	url: string,
	method: string,
	headers: Record<string, string>,
	body?: Buffer,
): Promise<Reply> {
	try {
		const response = await fetch(url, {
			method,
			headers,
			body: body?.length ? new Uint8Array(body) : undefined,
			redirect: 'manual',
			signal: AbortSignal.timeout(TIMEOUT_MS),
		});
		return {
			status: response.status,
			headers: Object.fromEntries(response.headers),
			body: Buffer.from(await response.arrayBuffer()),
		};
	} catch {
		return NO_ANSWER;
	}
}

/** Passes a request on, with the headers that matter. */
async function forward(url: string, { method, headers, body }: FastifyRequest): Promise<Reply> {
	const passed = REQUEST_HEADERS.flatMap((name) =>
		headers[name] ? [[name, String(headers[name])]] : [],
	);
	return await exchange(url, method, Object.fromEntries(passed), body as Buffer | undefined);
}

function send(reply: FastifyReply, { status, headers, body }: Reply): void {
	reply.hijack();
	if (status === 0) {
		reply.raw.destroy();
		return;
	}
	const passed = Object.entries(headers).filter(([name]) => !OWN_HEADERS.includes(name));
	reply.raw.writeHead(status, Object.fromEntries(passed));
	reply.raw.end(body);
}

/**
 * Starts a reverse proxy on this machine. Links to the service behind it lead to the proxy instead.
 *
 * @param baseUrl The base URL of the service
 * @param onReply Gets every reply to a request below the base URL, and returns what is passed on
 */
export async function startProxy(
	baseUrl: string,
	onReply: (exchange: Exchange) => Reply,
): Promise<Proxy> {
	const { origin, pathname } = new URL(baseUrl);
	const underWay = new Set<Promise<Reply>>();
	let isOpen = true;
	let ownOrigin: string;

	const withOwnLinks = (reply: Reply): Reply =>
		reply.body.includes(origin)
			? { ...reply, body: Buffer.from(reply.body.toString().replaceAll(origin, ownOrigin)) }
			: reply;

	async function serve(request: FastifyRequest): Promise<Reply> {
		const reply = await forward(origin + request.url, request);
		if (!request.url.startsWith(`${pathname}/`)) return reply;
		const path = request.url.slice(pathname.length);
		return withOwnLinks(onReply({ ...reply, method: request.method, path }));
	}

	const app = fastify({
		bodyLimit: 64 * 2 ** 20,
		forceCloseConnections: true,
		rewriteUrl: toOriginForm,
	});
	app.removeAllContentTypeParsers();
	app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
	app.all('/*', async (request, reply) => {
		const serving = isOpen ? serve(request) : Promise.resolve(NO_ANSWER);
		underWay.add(serving);
		send(reply, await serving.finally(() => underWay.delete(serving)));
	});
	await app.listen({ port: 0, host: '127.0.0.1' });
	ownOrigin = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;

	return {
		url: ownOrigin + pathname,
		drain: async () => {
			isOpen = false;
			await Promise.allSettled(underWay);
		},
		close: async () => await app.close(),
	};
}

/** @returns The body's JSON; undefined if it is none */
export function jsonOf({ body }: Reply): unknown {
	try {
		return JSON.parse(body.toString());
	} catch {
		return undefined;
	}
}
