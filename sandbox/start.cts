/**
 * `npm start`: first runs an example in n8n's engine, in this process, which takes seconds. Then it runs the package and all
 * examples in a real n8n, next to a simulator of the ComplyCube API and a mail server, and takes an applicant through them.
 * It keeps running until Ctrl-C. `npm start -- --engine` ends after the engine, `npm start -- --once` after the applicant's
 * journey.
 *
 * If COMPLYCUBE_API_KEY and COMPLYCUBE_SESSION_ID are set, it reads that session from the real service instead, in the real
 * n8n, and does nothing else there.
 */
import { parseArgs } from 'node:util';

import { startExamplesDemonstration } from './journey/examplesDemonstration.cts';
import { realDemonstration } from './journey/realDemonstration.cts';
import { installN8n } from './n8n/installation.cts';
import { LOGIN } from './n8n/login.cts';
import type { N8nClient } from './n8n/n8nClient.cts';
import { startN8n } from './n8n/n8nInstance.cts';
import { buildPackage, buildTarball } from './n8n/tarball.cts';
import { N8N_VERSION } from './n8n/versions.cts';

interface RealAccess {
	apiKey: string;
	sessionId: string;
}

/** Takes the key out of the environment, so that no child process can see it. */
function takeRealAccess(): RealAccess | undefined {
	const { COMPLYCUBE_API_KEY: apiKey, COMPLYCUBE_SESSION_ID: sessionId } = process.env;
	delete process.env.COMPLYCUBE_API_KEY;
	if (!apiKey && !sessionId) return undefined;
	if (!apiKey || !sessionId) {
		throw new Error('Set both COMPLYCUBE_API_KEY and COMPLYCUBE_SESSION_ID, or neither');
	}
	return { apiKey, sessionId };
}

async function logIn(client: N8nClient): Promise<void> {
	if (await client.needsOwner()) await client.setUpOwner(LOGIN);
	else await client.login(LOGIN);
}

async function waitForAbort(signal: AbortSignal): Promise<void> {
	if (signal.aborted) return;
	await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
}

/** @throws The signal's reason, once it is aborted */
async function rejectOnAbort(signal: AbortSignal): Promise<never> {
	await waitForAbort(signal);
	throw signal.reason;
}

/** Builds the node, and shows its main job in n8n's engine. */
async function demonstrateEngine(signal: AbortSignal): Promise<void> {
	console.log('Building the node');
	const building = buildPackage(signal);
	// Loaded only here, and meanwhile, because n8n's engine takes seconds to load
	const { runGetCompleteBranch, sessionTable } =
		require('./journey/engineDemonstration.cts') as typeof import('./journey/engineDemonstration.cts');
	await building;
	console.log("Running the example get-complete-branch in n8n's engine, against the simulator\n");
	const runs = await Promise.race([runGetCompleteBranch(), rejectOnAbort(signal)]);
	console.log(`${sessionTable(runs)}\n`);
}

/** @returns Whether the demonstration succeeded */
async function demonstrateN8n(
	once: boolean,
	access: RealAccess | undefined,
	signal: AbortSignal,
): Promise<boolean> {
	await installN8n({ version: N8N_VERSION, onProgress: console.log, signal });
	console.log('Packing the node');
	const tarball = await buildTarball(signal);
	const demonstration =
		access === undefined
			? await startExamplesDemonstration()
			: realDemonstration(access.apiKey, access.sessionId);
	try {
		console.log('Starting n8n, which takes about 20 s');
		const { userFolder } = demonstration;
		const n8n = await startN8n({ version: N8N_VERSION, tarball, userFolder, signal });
		try {
			await logIn(n8n.client);
			const { succeeded, instructions } = await Promise.race([
				demonstration.run(n8n, signal),
				rejectOnAbort(signal),
			]);
			if (!once) {
				const login = `Login:     ${LOGIN.email}, password ${LOGIN.password}`;
				console.log([...instructions, login, 'Stop with Ctrl-C.\n'].join('\n'));
				await waitForAbort(signal);
				console.log('\nStopping n8n');
			}
			return succeeded;
		} finally {
			await n8n.stop();
		}
	} finally {
		await demonstration.close();
	}
}

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			engine: { type: 'boolean', default: false },
			once: { type: 'boolean', default: false },
		},
	});
	const interrupt = new AbortController();
	const { signal } = interrupt;
	for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
		process.on(name, () => interrupt.abort());
	}
	try {
		const access = takeRealAccess();
		if (values.engine || access === undefined) await demonstrateEngine(signal);
		if (values.engine) return;
		const succeeded = await demonstrateN8n(values.once, access, signal);
		if (values.once && !succeeded) process.exitCode = 1;
	} catch (error) {
		if (!signal.aborted) console.error((error as Error).message);
		process.exitCode = signal.aborted ? 130 : 1;
	}
}

void main();
