import type { FastifyServerOptions } from 'fastify';

/** Takes a request with a whole address, as clients send to a proxy, like any other. [RFC 9112, 3.2.2] */
export const toOriginForm: FastifyServerOptions['rewriteUrl'] = (request) => {
	// What logs the request reads it from there
	request.url = (request.url ?? '/').replace(/^https?:\/\/[^/?]*/, '') || '/';
	return request.url;
};
