import type { Simulator } from '../../simulator/server.cts';

export const TEST_KEY = 'test_simulator_key_0001';
export const LIVE_KEY = 'live_simulator_key_0001';

export interface Answer {
	status: number;
	headers: Headers;
	text: string;
	/** Undefined when the text is not JSON. */
	body: any;
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

async function send(url: string, init: RequestInit): Promise<Answer> {
	const response = await fetch(url, { redirect: 'manual', ...init });
	const text = await response.text();
	return { status: response.status, headers: response.headers, text, body: parse(text) };
}

/**
 * Bare requests for the simulator's own tests, with no help that could hide what is on the wire.
 */
export const api = (
	{ url }: Simulator,
	method: string,
	path: string,
	{ key = TEST_KEY, ...init }: RequestInit & { key?: string | null } = {},
): Promise<Answer> =>
	send(`${url}${path}`, { method, headers: key === null ? {} : { authorization: key }, ...init });

/** The same with a JSON body, when there is one. */
export const sendJson = (
	simulator: Simulator,
	method: string,
	path: string,
	body?: unknown,
	key = TEST_KEY,
): Promise<Answer> =>
	api(simulator, method, path, { key, ...(body !== undefined && { body: JSON.stringify(body) }) });

export const admin = (
	{ origin }: Simulator,
	method: string,
	path: string,
	body?: unknown,
): Promise<Answer> =>
	send(`${origin}/admin${path}`, {
		method,
		...(body !== undefined && {
			body: JSON.stringify(body),
			headers: { 'content-type': 'application/json' },
		}),
	});

export const pause = (ms: number): Promise<void> =>
	new Promise((resolve) => setTimeout(resolve, ms));
