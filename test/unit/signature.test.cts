import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { isSigned, SIGNATURE_HEADER } from '../../nodes/ComplyCube/trigger/signature';

/** From the unit tests of ComplyCube's own PHP library. */
const SECRET = 'a_webhook_signature';
const BODY = Buffer.from('{"id":"value"}');
const SIGNATURE = 'bc00414fa4d54277a3ed01e5ee258d9800a918a7791c7cda16d38b82f38f2150';

const anyBody = fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes));
const secret = fc.string({ minLength: 1, unit: 'binary' });
const sign = (key: string, body: Buffer) => createHmac('sha256', key).update(body).digest('hex');

describe('isSigned', () => {
	it('accepts the published example', () => {
		expect(isSigned(SECRET, BODY, SIGNATURE)).toBe(true);
	});

	it.each([
		['another secret', 'another', BODY, SIGNATURE],
		['no secret', '', BODY, createHmac('sha256', '').update(BODY).digest('hex')],
		['another body', SECRET, Buffer.from('{"id":"valuf"}'), SIGNATURE],
		['an empty body', SECRET, Buffer.alloc(0), SIGNATURE],
		['the body as text', SECRET, BODY.toString(), SIGNATURE],
		['no body', SECRET, undefined, SIGNATURE],
		['no signature', SECRET, BODY, undefined],
		['an empty signature', SECRET, BODY, ''],
		['a list', SECRET, BODY, [SIGNATURE]],
		['upper case', SECRET, BODY, SIGNATURE.toUpperCase()],
		['a space behind it', SECRET, BODY, `${SIGNATURE} `],
		['a scheme before it', SECRET, BODY, `sha256=${SIGNATURE}`],
		['too short', SECRET, BODY, SIGNATURE.slice(1)],
		['as long in characters, not in bytes', SECRET, BODY, 'é'.repeat(64)],
		['as long in bytes, not in characters', SECRET, BODY, 'é'.repeat(32)],
	])('refuses %s', (_what, key, body, header) => {
		expect(isSigned(key, body, header)).toBe(false);
	});

	it('accepts every body that was signed, and no other signature', () => {
		fc.assert(
			fc.property(secret, anyBody, anyBody, (key, body, other) => {
				expect(isSigned(key, body, sign(key, body))).toBe(true);
				expect(isSigned(key, body, sign(key, other))).toBe(body.equals(other));
				expect(isSigned(`${key}x`, body, sign(key, body))).toBe(false);
			}),
		);
	});

	it('refuses a signature with any one character changed', () => {
		fc.assert(
			fc.property(fc.nat(63), fc.string({ minLength: 1, maxLength: 1 }), (place, character) => {
				const changed = SIGNATURE.slice(0, place) + character + SIGNATURE.slice(place + 1);
				expect(isSigned(SECRET, BODY, changed)).toBe(changed === SIGNATURE);
			}),
		);
	});

	it('never throws, whatever comes', () => {
		const anything = fc.oneof(
			fc.anything(),
			fc.string({ unit: 'binary', minLength: 64, maxLength: 64 }),
		);
		fc.assert(
			fc.property(secret, fc.oneof(fc.anything(), anyBody), anything, (key, body, header) => {
				expect(isSigned(key, body, header)).toBe(false);
			}),
		);
	});
});

it('the header is spelled as Node spells it', () => {
	expect(SIGNATURE_HEADER).toBe('ComplyCube-Signature'.toLowerCase());
});
