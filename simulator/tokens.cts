import { createHmac, randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Clients } from './clients.cts';
import type { Route } from './resource.cts';
import { parse, refuse, text } from './validation.cts';

/** A match pattern of Chrome. [Generate a token] */
const MATCH_PATTERN = /^(\*|https?):\/\/(\*|(\*\.)?[^/*\s]+)\/\S*$/;

/** The ID of a mobile app, e.g. `com.myapp.demo.app`. [Generate a token] */
const APP_ID = /^[a-z]\w*(\.[\w-]+)+$/i;

const inputs = z
	.object({
		clientId: text,
		referrer: z.string().regex(MATCH_PATTERN).optional(),
		appId: z.string().regex(APP_ID).optional(),
	})
	// Assumption: one of them, as the pages name either the one or the other.
	.refine(({ referrer, appId }) => (referrer === undefined) !== (appId === undefined), {
		message: "either 'referrer' or 'appId' must be provided",
		path: ['referrer'],
	});

const LIFETIME_S = 3600;

const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');

/** A JSON Web Token. What is in a real one is not documented, other than that it ends after an hour. */
function newToken(): string {
	const issuedAt = Math.floor(Date.now() / 1000);
	const content = [
		encode({ alg: 'HS256', typ: 'JWT' }),
		encode({ iat: issuedAt, exp: issuedAt + LIFETIME_S, jti: randomBytes(8).toString('hex') }),
	].join('.');
	return `${content}.${createHmac('sha256', randomBytes(32)).update(content).digest('base64url')}`;
}

/** @returns `POST /tokens` -> `{ token }`, for the SDKs. [Generate a token] */
export const tokenRoutes = (clients: Clients): Route[] => [
	{
		method: 'POST',
		path: '/tokens',
		handle: ({ mode, body }) => {
			const { clientId } = parse(inputs, body);
			if (!clients.find(mode, clientId)) refuse("'clientId' is invalid", 'clientId');
			return { status: 200, body: { token: newToken() } };
		},
	},
];
