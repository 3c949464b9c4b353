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
