import { createHash } from 'node:crypto';
import type { Message } from './post.cts';
import { newSecret, sign, SIGNATURE_HEADER } from './signature.cts';

/** The genuine delivery that a forgery starts from. */
export interface Genuine {
	url: string;
	body: Buffer;
	/** The correct signature. */
	signature: string;
	secret: string;
	otherSecret: string;
}

/** What a forgery changes; without `headers` it has no signature. */
type Forgery = (genuine: Genuine) => Partial<Message>;

const withSignature = (signature: string | string[]) => ({
	headers: { [SIGNATURE_HEADER]: signature },
});

const otherHexDigit = (digit: string): string => (digit === '0' ? '1' : '0');

/** @returns The body with one digit changed; still valid JSON of the same shape. */
const withAlteredDigit = (body: Buffer): Buffer =>
	Buffer.from(body.toString().replace(/\d/, otherHexDigit));

function withReorderedKeys(body: Buffer): Buffer {
	const event = JSON.parse(body.toString()) as object;
	return Buffer.from(JSON.stringify(Object.fromEntries(Object.entries(event).reverse())));
}

const withSpaces = (body: Buffer): Buffer =>
	Buffer.from(JSON.stringify(JSON.parse(body.toString()), null, 2));

/**
 * @returns The body with an extra field of invalid UTF-8, and the bytes that decoding makes of it.
 */
function withBrokenEncoding(body: Buffer): { sent: Buffer; decoded: Buffer } {
	const field = Buffer.from(',"note":"?"}');
	field[field.indexOf('?')] = 0xff;
	const sent = Buffer.concat([body.subarray(0, -1), field]);
	return { sent, decoded: Buffer.from(sent.toString()) };
}

const FORGERIES = {
	noSignature: () => ({}),
	emptySignature: () => withSignature(''),
	wrongSecret: ({ body }) => withSignature(sign(body, newSecret())),
	otherWebhookSecret: ({ body, otherSecret }) => withSignature(sign(body, otherSecret)),
	emptySecret: ({ body }) => withSignature(sign(body, '')),
	noKey: ({ body }) => withSignature(createHash('sha256').update(body).digest('hex')),

	alteredBody: ({ body, signature }) => ({
		...withSignature(signature),
		body: withAlteredDigit(body),
	}),
	emptyBody: ({ signature }) => ({ ...withSignature(signature), body: Buffer.alloc(0) }),
	reorderedBody: ({ body, signature }) => ({
		...withSignature(signature),
		body: withReorderedKeys(body),
	}),
	spacedBody: ({ body, signature }) => ({ ...withSignature(signature), body: withSpaces(body) }),
	/** Passes if a listener verifies the decoded text instead of the bytes. */
	brokenEncoding: ({ body, secret }) => {
		const { sent, decoded } = withBrokenEncoding(body);
		return { ...withSignature(sign(decoded, secret)), body: sent };
	},

	alteredSignature: ({ signature }) => withSignature(signature.replace(/.$/, otherHexDigit)),
	truncatedSignature: ({ signature }) => withSignature(signature.slice(0, -1)),
	halfSignature: ({ signature }) => withSignature(signature.slice(0, 32)),
	tooLongSignature: ({ signature }) => withSignature(`${signature}00`),
	nonHexSignature: ({ signature }) => withSignature('z'.repeat(signature.length)),
	nonAsciiSignature: ({ signature }) => withSignature('é'.repeat(signature.length)),
	hugeSignature: () => withSignature('0'.repeat(8000)),

	prefixedSignature: ({ signature }) => withSignature(`sha256=${signature}`),
	timestampedSignature: ({ signature }) =>
		withSignature(`t=${Math.floor(Date.now() / 1000)},v1=${signature}`),
	base64Signature: ({ body, secret }) => withSignature(sign(body, secret, { encoding: 'base64' })),
	sha1Signature: ({ body, secret }) => withSignature(sign(body, secret, { hash: 'sha1' })),
	sha512Signature: ({ body, secret }) => withSignature(sign(body, secret, { hash: 'sha512' })),
	listedSignature: ({ body, signature }) =>
		withSignature(`${sign(body, newSecret())},${signature}`),
	signatureTwice: ({ body, signature }) => withSignature([sign(body, newSecret()), signature]),

	otherHeader: ({ signature }) => ({ headers: { 'X-Signature': signature } }),
	signatureInQuery: ({ url, signature }) => {
		const target = new URL(url);
		target.searchParams.set(SIGNATURE_HEADER, signature);
		return { url: target.href };
	},
} satisfies Record<string, Forgery>;

export type ForgeryKind = keyof typeof FORGERIES;

export const FORGERY_KINDS = Object.keys(FORGERIES) as ForgeryKind[];

/** @returns What an attacker might send who does not know the secret, or not all of it. */
export function forgedMessage(kind: ForgeryKind, genuine: Genuine): Message {
	const { url, body } = genuine;
	const { headers, ...changes } = (FORGERIES[kind] as Forgery)(genuine);
	return { url, body, headers: { 'content-type': 'application/json', ...headers }, ...changes };
}
