import type { IHttpRequestOptions, IN8nHttpFullResponse } from 'n8n-workflow';
import { directProxy } from './baseUrl';
import { LARGEST_REPLY, noAnswerFrom, readBody, type RequestContext } from './exchange';
import { Failure, type FailureDetails } from './failure';
import { pause } from './pacing';

const MOST_REDIRECTS = 5;

/** Pauses before each try, in ms. */
const PAUSES_BEFORE_TRIES = [0, 1_000, 3_000];

/** How a file is fetched. */
export interface Fetching {
	/** The API's own address, if that is on n8n's own machine, where people try things out: files may be there too */
	localOrigin?: string;
	/** How long it may take, in ms */
	timeout: number;
	/** n8n's cancel signal of the execution */
	signal?: AbortSignal;
	/** What n8n sets for every request of the node: proxy, certificate checks */
	network: Partial<IHttpRequestOptions>;
}

const AGAIN = 'Nothing was changed at ComplyCube: run this item again, which asks for a new link.';

/** The link itself is in no message, because whoever has it can read the file. */
const failed = (why: string, details: FailureDetails = {}, isTransient = false) =>
	new Failure(
		`The file could not be fetched from where ComplyCube keeps it: ${why}`,
		{ description: `Links to files are good for ten minutes. ${AGAIN}`, ...details },
		false,
		isTransient ? ({ cause: 'temporarily-unavailable' } as Failure['cause']) : undefined,
	);

const FORBIDDEN = failed('the link does not lead to a public https address', {
	description:
		'Nothing was fetched, so that nobody can make n8n read its own network. If this goes on, tell ComplyCube.',
});

const CANCELLED = new Failure('The execution was canceled', { description: AGAIN });

/** Names that only mean something in a private network. */
const PRIVATE_NAME = /^[^.]+$|\.(localhost|local|internal|intranet|lan|home|corp|home\.arpa)$/;

/** Storage has a name: an IP address, in whatever notation, is no place for a file. */
const IP_ADDRESS = /^\[|^[\d.]+$/;

function isAllowed(url: URL, localOrigin: string | undefined) {
	if (url.origin === localOrigin) return true;
	const { protocol, hostname, username, password } = url;
	const host = hostname.replace(/\.$/, '');
	const isPublic = !IP_ADDRESS.test(host) && !PRIVATE_NAME.test(host);
	return protocol === 'https:' && isPublic && !username && !password;
}

const LATE = failed('it did not come in time', {}, true);

const TOO_LARGE = failed('it is too large', {
	description: `n8n fetches files of up to ${LARGEST_REPLY / 2 ** 20} MB: download it in the Web Portal.`,
});

/** Fetches a file, once, through redirects that lead to public addresses. */
async function fetchOnce(
	{ helpers }: RequestContext,
	link: string,
	{ localOrigin, timeout, signal, network }: Fetching,
): Promise<Buffer | Failure> {
	let address = link;
	for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
		if (!URL.canParse(address) || !isAllowed(new URL(address), localOrigin)) return FORBIDDEN;
		const { statusCode, headers, body } = (await helpers.httpRequest({
			...network,
			proxy: network.proxy ?? directProxy(address),
			method: 'GET',
			url: address,
			encoding: 'stream',
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
			abortSignal: signal,
			timeout,
		})) as IN8nHttpFullResponse;
		if (statusCode === 200) {
			return (await readBody(body as unknown as AsyncIterable<Buffer>)) ?? TOO_LARGE;
		}
		const { location } = headers;
		if (statusCode < 300 || statusCode > 399 || typeof location !== 'string') {
			const isTransient = statusCode === 429 || statusCode >= 500;
			return failed(`status ${statusCode}`, { httpCode: `${statusCode}` }, isTransient);
		}
		if (!URL.canParse(location, address)) return FORBIDDEN;
		address = new URL(location, address).href;
	}
	return failed('it is forwarded again and again');
}

/**
 * Ends a fetch when its time is over, whatever it is doing then: the timeout of n8n's HTTP client no longer counts
 * once a file begins to arrive. Closes all its connections, including those of redirects.
 */
async function fetchInTime(
	context: RequestContext,
	link: string,
	fetching: Fetching,
): Promise<Buffer | Failure> {
	const ending = new AbortController();
	const end = () => ending.abort();
	fetching.signal?.addEventListener('abort', end);
	const late = pause(fetching.timeout, ending.signal).then((isOver) => (isOver ? LATE : CANCELLED));
	const file = fetchOnce(context, link, { ...fetching, signal: ending.signal });
	return await Promise.race([file, late]).finally(() => {
		fetching.signal?.removeEventListener('abort', end);
		end();
	});
}

/**
 * Fetches a file from a link in ComplyCube's reply. The link leads to another host, where the API key must not go: nothing of the
 * credential is sent. Names are not looked up here, so a public name of a private address is left to n8n's own protection.
 *
 * @param context the node's own `this`
 * @param link the link
 * @param fetching where it may lead to, and how long it may take
 * @returns the file's bytes, or why there are none
 */
export async function fetchLink(
	context: RequestContext,
	link: string,
	fetching: Fetching,
): Promise<Buffer | Failure> {
	let result: Buffer | Failure = FORBIDDEN;
	for (const wait of PAUSES_BEFORE_TRIES) {
		if (!(await pause(wait, fetching.signal))) return CANCELLED;
		result = await fetchInTime(context, link, fetching).catch((thrown: unknown) => {
			if (fetching.signal?.aborted) return CANCELLED;
			const { code, noAnswer } = noAnswerFrom(thrown as { code?: string });
			const isTransient = !['tls', 'unknownHost', 'blocked', 'cancelled'].includes(noAnswer);
			const isGarbled = noAnswer === 'garbled';
			const why = isGarbled ? 'the answer could not be understood' : 'there was no answer';
			return failed(why, { ...(code && { httpCode: code }) }, isTransient);
		});
		if (!(result instanceof Failure) || !result.cause) return result;
	}
	return result;
}
