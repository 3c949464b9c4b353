import { createHash } from 'node:crypto';
import { CREDENTIAL_TYPE } from '../transport/exchange';
import { textOf } from '../values/text';
import type { TriggerContext } from './context';

/** Keeps the digest apart from any other that is made of the key. */
const LABEL = 'n8n-nodes-complycube webhook registration\n';

/** 64 bits: enough that no two keys of one n8n look alike by chance. */
const DIGITS = 16;

/** How keys begin that tell their environment (API page "Authentication"). */
const PREFIX = /^(test|live)_/;

/**
 * Makes what an API key is recognised by, and cannot be found out from.
 *
 * @param context the hook's or delivery's `this`
 * @returns e.g. "test_" and 16 hexadecimal digits; without the prefix if the key tells no environment
 * @throws NodeOperationError of n8n if the node has no credential
 */
export async function keyFingerprint(context: TriggerContext): Promise<string> {
	const { apiKey } = await context.getCredentials(CREDENTIAL_TYPE);
	const key = textOf(apiKey).trim();
	const digest = createHash('sha256').update(LABEL).update(key).digest('hex');
	return (PREFIX.exec(key)?.[0] ?? '') + digest.slice(0, DIGITS);
}

/**
 * The environment of a key.
 *
 * @param fingerprint what the key is recognised by
 * @returns "test" or "live"; undefined if the key does not tell
 */
export const environmentOf = (fingerprint: string): string | undefined =>
	PREFIX.exec(fingerprint)?.[1];
