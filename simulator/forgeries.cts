import { createHash } from 'node:crypto';
import type { Message } from './post.cts';
import { newSecret, sign, SIGNATURE_HEADER } from './signature.cts';

/** The genuine delivery that a forgery starts from. */
export interface Genuine {
	url: string;
	body: Buffer;
	/** The right signature. */
	signature: string;
	secret: string;
	otherSecret: string;
}

/** What a forgery does otherwise; without `headers` there is no signature. */
type Forgery = (genuine: Genuine) => Partial<Message>;

const signed = (signature: string | string[]) => ({ headers: { [SIGNATURE_HEADER]: signature } });

const otherHexDigit = (digit: string): string => (digit === '0' ? '1' : '0');

/** @returns The body with one digit changed, still the same kind of JSON. */
const alterDigit = (body: Buffer): Buffer =>
	Buffer.from(body.toString().replace(/\d/, otherHexDigit));

function reorderKeys(body: Buffer): Buffer {
	const event = JSON.parse(body.toString()) as object;
	return Buffer.from(JSON.stringify(Object.fromEntries(Object.entries(event).reverse())));
}

const addSpaces = (body: Buffer): Buffer =>
	Buffer.from(JSON.stringify(JSON.parse(body.toString()), null, 2));

/** @returns The body with a field whose one character is no UTF-8, and as it reads when decoded. */
function breakEncoding(body: Buffer): { sent: Buffer; decoded: Buffer } {
	const field = Buffer.from(',"note":"?"}');
	field[field.indexOf('?')] = 0xff;
	const sent = Buffer.concat([body.subarray(0, -1), field]);
	return { sent, decoded: Buffer.from(sent.toString()) };
}

const table = {
	noSignature: () => ({}),
	emptySignature: () => signed(''),
	wrongSecret: ({ body }) => signed(sign(body, newSecret())),
	otherWebhookSecret: ({ body, otherSecret }) => signed(sign(body, otherSecret)),
	emptySecret: ({ body }) => signed(sign(body, '')),
	noKey: ({ body }) => signed(createHash('sha256').update(body).digest('hex')),

	alteredBody: ({ body, signature }) => ({ ...signed(signature), body: alterDigit(body) }),
	emptyBody: ({ signature }) => ({ ...signed(signature), body: Buffer.alloc(0) }),
	reorderedBody: ({ body, signature }) => ({ ...signed(signature), body: reorderKeys(body) }),
	spacedBody: ({ body, signature }) => ({ ...signed(signature), body: addSpaces(body) }),
	/** Passes where the text is verified in place of the bytes. */
	brokenEncoding: ({ body, secret }) => {
		const { sent, decoded } = breakEncoding(body);
		return { ...signed(sign(decoded, secret)), body: sent };
	},

	alteredSignature: ({ signature }) => signed(signature.replace(/.$/, otherHexDigit)),
	truncatedSignature: ({ signature }) => signed(signature.slice(0, -1)),
	halfSignature: ({ signature }) => signed(signature.slice(0, 32)),
	tooLongSignature: ({ signature }) => signed(`${signature}00`),
	nonHexSignature: ({ signature }) => signed('z'.repeat(signature.length)),
	nonAsciiSignature: ({ signature }) => signed('é'.repeat(signature.length)),
	hugeSignature: () => signed('0'.repeat(8000)),

	prefixedSignature: ({ signature }) => signed(`sha256=${signature}`),
	timestampedSignature: ({ signature }) =>
		signed(`t=${Math.floor(Date.now() / 1000)},v1=${signature}`),
	base64Signature: ({ body, secret }) => signed(sign(body, secret, { encoding: 'base64' })),
	sha1Signature: ({ body, secret }) => signed(sign(body, secret, { hash: 'sha1' })),
	sha512Signature: ({ body, secret }) => signed(sign(body, secret, { hash: 'sha512' })),
	listedSignature: ({ body, signature }) => signed(`${sign(body, newSecret())},${signature}`),
	signatureTwice: ({ body, signature }) => signed([sign(body, newSecret()), signature]),

	otherHeader: ({ signature }) => ({ headers: { 'X-Signature': signature } }),
	signatureInQuery: ({ url, signature }) => {
		const target = new URL(url);
		target.searchParams.set(SIGNATURE_HEADER, signature);
		return { url: target.href };
	},
} satisfies Record<string, Forgery>;

export type ForgeryKind = keyof typeof table;

export const FORGERY_KINDS = Object.keys(table) as ForgeryKind[];

/** @returns What somebody might send who does not know the secret, or knows it by halves. */
export function forgedMessage(kind: ForgeryKind, genuine: Genuine): Message {
	const { url, body } = genuine;
	const { headers, ...changes } = (table[kind] as Forgery)(genuine);
	return { url, body, headers: { 'content-type': 'application/json', ...headers }, ...changes };
}
