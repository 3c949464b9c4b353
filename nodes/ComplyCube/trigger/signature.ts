import { createHmac, timingSafeEqual } from 'node:crypto';

/** The header that carries the signature, as Node spells header names. */
export const SIGNATURE_HEADER = 'complycube-signature';

/**
 * Verifies that ComplyCube sent a delivery (API page "Webhooks": HMAC-SHA256 of the raw body, lower-case hex).
 *
 * @param secret the webhook's signing secret, as create returned it; anything but a text signs nothing
 * @param rawBody the body's bytes as they came; n8n's parsed body would not give the same bytes again
 * @param header the signature header's value, of any type
 * @returns false for anything but exactly one right signature
 */
export function isSigned(secret: unknown, rawBody: unknown, header: unknown): boolean {
	if (typeof secret !== 'string' || secret === '') return false;
	if (!Buffer.isBuffer(rawBody) || typeof header !== 'string') return false;
	const right = Buffer.from(createHmac('sha256', secret).update(rawBody).digest('hex'));
	const given = Buffer.from(header);
	return given.length === right.length && timingSafeEqual(given, right);
}
