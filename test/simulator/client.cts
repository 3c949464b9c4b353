import { ComplyCube } from '@complycube/api';
import type { Simulator } from '../../simulator/server.cts';

export { setTimeout as pause } from 'node:timers/promises';

export const TEST_KEY = 'test_simulator_key_0001';
export const LIVE_KEY = 'live_simulator_key_0001';

export interface ParsedResponse {
	status: number;
	headers: Headers;
	text: string;
	/** Undefined when the text is not JSON. */
	body: any;
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

async function send(url: string, init: RequestInit): Promise<ParsedResponse> {
	const response = await fetch(url, { redirect: 'manual', ...init });
	const text = await response.text();
	return { status: response.status, headers: response.headers, text, body: parseJson(text) };
}

/** Sends a bare request, so that no client library hides what the simulator answers. */
export const api = (
	{ url }: Simulator,
	method: string,
	path: string,
	{ key = TEST_KEY, ...init }: RequestInit & { key?: string | null } = {},
): Promise<ParsedResponse> =>
	send(`${url}${path}`, { method, headers: key === null ? {} : { authorization: key }, ...init });

/** Sends a request with a JSON body, or without one. */
export const sendJson = (
	simulator: Simulator,
	method: string,
	path: string,
	body?: unknown,
	key = TEST_KEY,
): Promise<ParsedResponse> =>
	api(simulator, method, path, { key, ...(body !== undefined && { body: JSON.stringify(body) }) });

export const admin = (
	{ origin }: Simulator,
	method: string,
	path: string,
	body?: unknown,
): Promise<ParsedResponse> =>
	send(`${origin}/admin${path}`, {
		method,
		...(body !== undefined && {
			body: JSON.stringify(body),
			headers: { 'content-type': 'application/json' },
		}),
	});

/** Presses a button of the applicant page, and returns where it leads. */
export async function press(page: string, action: string): Promise<string | null> {
	const { status, headers } = await fetch(`${page}/${action}`, {
		method: 'POST',
		redirect: 'manual',
		headers: { 'content-type': 'application/x-www-form-urlencoded' },
		body: '',
	});
	expect(status).toBe(303);
	return headers.get('location');
}

/** The official client; it has no option for its address, but it exposes its HTTP client. */
export function officialClient({ url }: Simulator, apiKey = TEST_KEY): ComplyCube {
	const complyCube = new ComplyCube({ apiKey });
	complyCube.axiosInstance.defaults.baseURL = url;
	return complyCube;
}
