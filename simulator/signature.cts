import { createHmac, randomInt } from 'node:crypto';
import type { BinaryToTextEncoding } from 'node:crypto';

export const SIGNATURE_HEADER = 'ComplyCube-Signature';

const SECRET_CHARACTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** @returns A secret like the documented example: 32 letters and digits. */
export const newSecret = (): string =>
	Array.from({ length: 32 }, () => SECRET_CHARACTERS[randomInt(SECRET_CHARACTERS.length)]).join('');

/**
 * @param body The bytes as sent.
 * @param form Hash and encoding; only forgeries differ from the defaults.
 * @returns HMAC-SHA256 in lower-case hex. [Webhooks Guide], official libraries
 */
export const sign = (
	body: Buffer,
	secret: string,
	{ hash = 'sha256', encoding = 'hex' as BinaryToTextEncoding } = {},
): string => createHmac(hash, secret).update(body).digest(encoding);
