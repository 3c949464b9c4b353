import type { Exchange } from '../../live/proxy.cts';

/** A reply with JSON, unless something else is said. */
export const exchange = (json: unknown, more: Partial<Exchange> = {}): Exchange => ({
	method: 'GET',
	path: '/clients',
	status: 200,
	headers: { 'content-type': 'application/json; charset=utf-8' },
	body: json === undefined ? Buffer.alloc(0) : Buffer.from(JSON.stringify(json)),
	...more,
});
