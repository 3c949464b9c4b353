import type { IDataObject } from 'n8n-workflow';
import type { FaultSpec } from '../../simulator/faults.cts';
import type { Elsewhere } from './elsewhere.cts';

/** What a fault may use. */
export interface Scene {
	/** Quoted in every text that a fault sends, so that a leak would show */
	apiKey: string;
	elsewhere: Elsewhere;
}

/** What goes wrong, and how the run has to end. */
export interface Fault {
	name: string;
	/** Strikes the operation's own request each time it is sent */
	spec?: (scene: Scene) => FaultSpec;
	/** Replaces parameters of the operation, by name */
	parameters?: IDataObject;
	/** Replaces the credential's Base URL, for every item */
	baseUrl?: (scene: Scene) => string;
	/** Also strikes the looks afterwards, so that nothing can be found out */
	strikesLooks?: true;
	/** Strikes every item instead of one of three */
	strikesAll?: true;
	/** The item's timeout, in ms. Changes look at the object afterwards, which must not time out too */
	timeout?: { reads: number; changes: number };
	/**
	 * How the item ends: it succeeds; it fails, and certainly had no effect; or it is in doubt: then reads fail, operations that
	 * look afterwards find out if they can, and the rest fail and say that they may have had an effect
	 */
	ends: 'succeeds' | 'fails' | 'inDoubt';
	/** How often the request is sent */
	sent: { reads: [least: number, most: number]; changes: [least: number, most: number] };
	/** How long the reply asks to wait, in ms */
	retryAfter?: number;
}

const ONCE: [number, number] = [1, 1];
const TWICE: [number, number] = [2, 2];
const NEVER: [number, number] = [0, 0];
/** A busy machine may run out of time before the last try */
const UP_TO_FIVE: [number, number] = [2, 5];
const UP_TO_TEN: [number, number] = [2, 10];

const FINAL = { reads: ONCE, changes: ONCE };
const TEMPORARY = { reads: UP_TO_FIVE, changes: ONCE };
const REFUSED_ONCE = { reads: TWICE, changes: TWICE };
const UNREACHED = { reads: NEVER, changes: NEVER };

const reply = (status: number, more: Partial<FaultSpec> = {}): FaultSpec => ({
	kind: 'reply',
	status,
	...more,
});

/** An error page of a proxy or gateway. */
const pageQuoting = (apiKey: string) => ({
	text: `<html><body><h1>Oops</h1><p>Authorization: ${apiKey}</p></body></html>`,
	contentType: 'text/html',
});

/** What can go wrong between the node and ComplyCube. */
export const FAULTS: Fault[] = [
	{ name: '429 once', spec: () => reply(429, { times: 1 }), ends: 'succeeds', sent: REFUSED_ONCE },
	{
		name: '429 for ever',
		spec: ({ apiKey }) =>
			reply(429, { body: { json: { type: 'rate_limit', message: `Too fast: ${apiKey}` } } }),
		strikesAll: true,
		ends: 'fails',
		sent: { reads: UP_TO_TEN, changes: UP_TO_TEN },
	},
	{
		name: '429 Retry-After seconds',
		spec: () => reply(429, { times: 1, retryAfter: { as: 'seconds', seconds: 3 } }),
		ends: 'succeeds',
		sent: REFUSED_ONCE,
		retryAfter: 3_000,
	},
	{
		name: '429 Retry-After date',
		spec: () => reply(429, { times: 1, retryAfter: { as: 'date', seconds: 3 } }),
		ends: 'succeeds',
		sent: REFUSED_ONCE,
		// A date has no fractions of a second
		retryAfter: 2_000,
	},
	{
		name: '429 Retry-After a day',
		spec: () => reply(429, { retryAfter: { as: 'seconds', seconds: 86_400 } }),
		strikesAll: true,
		ends: 'fails',
		sent: { reads: [0, 1], changes: [0, 1] },
	},
	{
		name: '403 of a firewall',
		spec: ({ apiKey }) => reply(403, { body: pageQuoting(apiKey) }),
		ends: 'fails',
		sent: FINAL,
	},
	{ name: '408', spec: () => reply(408, { processed: true }), ends: 'inDoubt', sent: TEMPORARY },
	{
		name: '500',
		spec: ({ apiKey }) =>
			reply(500, {
				body: { json: { type: apiKey, message: `Error with ${apiKey}`, param: apiKey } },
			}),
		ends: 'inDoubt',
		sent: FINAL,
	},
	{
		name: '502 HTML',
		spec: ({ apiKey }) => reply(502, { body: pageQuoting(apiKey), processed: true }),
		ends: 'inDoubt',
		sent: TEMPORARY,
	},
	{ name: '503', spec: () => reply(503), ends: 'inDoubt', sent: TEMPORARY },
	{ name: '504', spec: () => reply(504, { processed: true }), ends: 'inDoubt', sent: TEMPORARY },
	{
		name: 'timeout',
		spec: () => ({ kind: 'silence', processed: true }),
		timeout: { reads: 400, changes: 3_000 },
		ends: 'inDoubt',
		sent: TEMPORARY,
	},
	{ name: 'refused', baseUrl: ({ elsewhere }) => elsewhere.closed, ends: 'fails', sent: UNREACHED },
	{
		name: 'dropped before',
		spec: () => ({ kind: 'dropBefore' }),
		ends: 'inDoubt',
		sent: TEMPORARY,
	},
	{ name: 'dropped after', spec: () => ({ kind: 'dropAfter' }), ends: 'inDoubt', sent: TEMPORARY },
	{
		name: 'dropped looks too',
		spec: () => ({ kind: 'dropAfter' }),
		strikesLooks: true,
		ends: 'inDoubt',
		sent: TEMPORARY,
	},
	{ name: 'half a body', spec: () => ({ kind: 'shortBody' }), ends: 'inDoubt', sent: TEMPORARY },
	{
		name: 'truncated JSON',
		spec: () => reply(200, { body: 'truncatedJson', processed: true }),
		ends: 'inDoubt',
		sent: FINAL,
	},
	{
		name: 'empty body',
		spec: () => reply(200, { body: 'empty', processed: true }),
		ends: 'inDoubt',
		sent: FINAL,
	},
	{
		name: 'HTML with 200',
		spec: ({ apiKey }) => reply(200, { body: pageQuoting(apiKey), processed: true }),
		ends: 'inDoubt',
		sent: FINAL,
	},
	{
		name: 'wrong content type',
		spec: () => ({ kind: 'delay', headers: { 'content-type': 'text/plain' } }),
		ends: 'succeeds',
		sent: FINAL,
	},
	{
		name: '1 MB error',
		spec: ({ apiKey }) =>
			reply(500, { body: { json: { message: `${apiKey} `.repeat(2 ** 20 / apiKey.length) } } }),
		ends: 'inDoubt',
		sent: FINAL,
	},
	{
		name: 'redirect',
		spec: ({ elsewhere }) => reply(307, { body: 'empty', headers: { location: elsewhere.http } }),
		ends: 'fails',
		sent: FINAL,
	},
	{
		name: 'TLS failure',
		baseUrl: ({ elsewhere }) => elsewhere.https,
		ends: 'fails',
		sent: UNREACHED,
	},
	{
		name: 'drip',
		spec: () => ({ kind: 'drip', stepBytes: 64, stepMs: 2 }),
		ends: 'succeeds',
		sent: FINAL,
	},
];
