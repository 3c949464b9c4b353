/**
 * `npm run verify:live`: makes the same calls to ComplyCube and to the simulator, through the built node where it has an
 * operation, and prints what is different. COMPLYCUBE_API_KEY has to be a test key; without it, a second simulator stands in for
 * ComplyCube. Whatever it makes is removed at the end.
 *
 *     -- --save <folder>      stores all replies; those of ComplyCube may be about people of the account
 *     -- --session <id>       a workflow session that was begun for this and may be cancelled; a second one may be completed
 */
import { parseArgs } from 'node:util';
import { COMPLYCUBE_URL, takeTestKey } from './access.cts';
import type { Known } from './calls/call.cts';
import { exchange } from './proxy.cts';
import { settle } from './openPoints.cts';
import { differenceRows, report, unmade } from './report.cts';
import type { Removal } from './removal.cts';
import { saveReplies } from './savedReplies.cts';
import type { Service } from './side.cts';
import { startSimulated } from './simulated.cts';
import { verify } from './verification.cts';

/** A fifth below the limit of a test key. */
const REQUESTS_PER_SECOND = 4;

const ASK_AGAIN_AFTER_MS = 2_000;

/** @throws If the key is not accepted, or nobody answers */
async function openComplyCube(apiKey: string, sessions: string[]): Promise<Service> {
	const { status } = await exchange(`${COMPLYCUBE_URL}/accountInfo`, 'GET', {
		authorization: apiKey,
	});
	if (status !== 200) {
		throw new Error(status === 0 ? 'ComplyCube did not answer' : `ComplyCube answered ${status}`);
	}
	const [sessionToCancel, sessionToComplete] = sessions;
	const known: Record<string, string | undefined> = { sessionToCancel, sessionToComplete };
	return {
		url: COMPLYCUBE_URL,
		apiKey,
		requestsPerSecond: REQUESTS_PER_SECOND,
		askAgainAfter: ASK_AGAIN_AFTER_MS,
		known: Object.fromEntries(Object.entries(known).filter(([, id]) => id)) as Known,
	};
}

function printRemoval({ removed, left }: Removal): void {
	console.error(`Removed ${removed} more objects at the end`);
	if (left.length === 0) return;
	console.error(`NOT REMOVED, please look after it: ${left.join(', ')}`);
	process.exitCode = 1;
}

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			save: { type: 'string' },
			session: { type: 'string', multiple: true, default: [] },
		},
	});
	const interrupt = new AbortController();
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
		process.on(signal, () => interrupt.abort(new Error('Interrupted')));
	}
	const apiKey = takeTestKey(process.env);
	const simulator = await startSimulated(0);
	const standIn = apiKey ? undefined : await startSimulated(1);
	try {
		const service = standIn ?? (await openComplyCube(apiKey!, values.session));
		const name = standIn ? 'Second simulator' : 'ComplyCube';
		if (standIn)
			console.error('No COMPLYCUBE_API_KEY: a second simulator stands in for ComplyCube');
		const comparisons = await verify({
			simulator,
			service,
			signal: interrupt.signal,
			onCall: standIn ? undefined : (call) => console.error(call.name),
			onRemoval: printRemoval,
		});
		console.log(report(name, comparisons, settle(comparisons)));
		if (values.save) saveReplies(values.save, comparisons, service.apiKey);
		if (differenceRows(comparisons).length + unmade(comparisons).length > 0) process.exitCode = 1;
	} finally {
		await Promise.all([simulator.close(), standIn?.close()]);
	}
}

main().catch((error: Error) => {
	console.error(error.message);
	// The node may still be waiting to try something again
	process.exit(1);
});
