import { createHash } from 'node:crypto';
import { forbidden, paymentRequired, unauthorized } from './errors.cts';
import type { ApiReply, Mode } from './resource.cts';
import type { Settings } from './settings.cts';

const modeOf = (key: string): Mode | undefined =>
	(['test', 'live'] as const).find((mode) => key.startsWith(`${mode}_`));

/**
 * @param key The `Authorization` header: the bare key, without a scheme. [Authentication]
 * @returns The mode of an accepted key, or the refusal: 401 for an unknown one, 402 without credit,
 * 403 without permission.
 */
export function authenticate(
	key: string | undefined,
	settings: Settings,
): { mode: Mode } | { refusal: ApiReply } {
	const mode = modeOf(key ?? '');
	if (!key || !mode) return { refusal: unauthorized() };
	if (settings.keys.includes(key)) return { mode };
	if (settings.forbiddenKeys.includes(key)) return { refusal: forbidden() };
	if (settings.noCreditKeys.includes(key)) return { refusal: paymentRequired() };
	return { refusal: unauthorized() };
}

/**
 * @param key The `Authorization` header.
 * @returns Its prefix and the first 8 hex digits of its SHA-256, e.g. `test_#1a2b3c4d`: enough to
 * tell keys apart without revealing them.
 */
export function fingerprint(key: string): string {
	const mode = modeOf(key);
	const digest = createHash('sha256').update(key).digest('hex').slice(0, 8);
	return `${mode ? `${mode}_` : ''}#${digest}`;
}
