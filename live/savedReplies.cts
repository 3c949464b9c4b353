import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { jsonOf, type Exchange } from './proxy.cts';
import { isOutcome, type Comparison } from './verification.cts';

const saved = (exchange: Exchange) => {
	const { method, path, status, headers } = exchange;
	return { method, path, status, headers, body: jsonOf(exchange) ?? exchange.body.toString() };
};

/**
 * Stores all replies, by call: `simulator.json` and `service.json`. Requests are not among them, and a key that a reply repeats
 * is blotted out.
 *
 * @param folder Created if it is missing
 */
export function saveReplies(folder: string, comparisons: Comparison[], apiKey: string): void {
	mkdirSync(folder, { recursive: true });
	for (const side of ['simulator', 'service'] as const) {
		const replies = comparisons.map(({ call, [side]: attempt }) => ({
			call: call.name,
			replies: isOutcome(attempt) ? attempt.exchanges.map(saved) : [],
		}));
		const text = JSON.stringify(replies, null, '\t').replaceAll(apiKey, '<API key>');
		writeFileSync(join(folder, `${side}.json`), `${text}\n`);
	}
}
