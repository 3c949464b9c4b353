import type { IHttpRequestOptions } from 'n8n-workflow';
import { Failure } from './failure';

/** n8n's own machine: the only place where nobody can read plain http on the way. */
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** Where ComplyCube lives; the one host of both environments (API page "Authentication"). */
export const DEFAULT_BASE_URL = 'https://api.complycube.com/v1';

/**
 * Tells whether a Base URL is on n8n's own machine, where people try things out.
 *
 * @param baseUrl the credential's Base URL
 */
export const isLoopback = (baseUrl: unknown): boolean =>
	URL.canParse(String(baseUrl)) && LOOPBACK.test(new URL(String(baseUrl)).hostname);

/**
 * Checks where the API key is about to go.
 *
 * @param text the credential's Base URL; empty means ComplyCube's own
 * @returns the URL without a trailing slash, or why the key must not be sent there
 */
export function checkedBaseUrl(text: unknown): string | Failure {
	const candidate = String(text ?? '').trim() || DEFAULT_BASE_URL;
	const url = URL.canParse(candidate) ? new URL(candidate) : undefined;
	const safe =
		url?.protocol === 'https:' || (url?.protocol === 'http:' && LOOPBACK.test(url.hostname));
	if (!url || !safe || url.username || url.password || url.search || url.hash) {
		return new Failure("The 'Base URL' of the ComplyCube credential cannot be used", {
			param: 'baseUrl',
			description: `It must be a plain https address such as ${DEFAULT_BASE_URL}. The API key was not sent.`,
		});
	}
	return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}

/**
 * Makes n8n ask a service on its own machine directly. n8n would send a plain http request through the proxy of its environment
 * (`HTTP_PROXY`), where the API key could be read. It has no word for "no proxy", but with the service as its own proxy nobody
 * stands in between, and every http server takes such a request (RFC 9112, 3.2.2).
 *
 * @param baseUrl a checked Base URL
 * @returns the proxy to use; undefined where n8n's own settings hold, because the connection is encrypted
 */
export function directProxy(baseUrl: string): IHttpRequestOptions['proxy'] {
	const { protocol, hostname, port } = new URL(baseUrl);
	if (protocol !== 'http:') return undefined;
	return { protocol: 'http', host: hostname, port: Number(port || 80) };
}
