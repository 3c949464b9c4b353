/**
 * `npm start`: the package in a real n8n, next to a simulator of the ComplyCube API, with an example
 * workflow that has run once. Stays up until Ctrl-C; `npm start -- --once` ends after the run.
 *
 * With COMPLYCUBE_API_KEY and COMPLYCUBE_SESSION_ID set it reads that session from the real service
 * instead, and does nothing else there.
 */
import { parseArgs } from 'node:util';

import { startSimulator } from '../test/simulator/server.cts';
import { exampleWorkflow, readingWorkflow } from './exampleWorkflow.cts';
import { prepareN8n } from './installation.cts';
import { itemTable } from './itemTable.cts';
import { LOGIN } from './login.cts';
import type { N8nClient, StoredCredential, StoredWorkflow, Workflow } from './n8nClient.cts';
import { startN8n } from './n8nInstance.cts';
import { packedTarball } from './packedTarball.cts';
import { N8N_VERSION, USER_FOLDER } from './paths.cts';

const CREDENTIAL_TYPE = 'complyCubeApi';
const SIMULATOR_KEY = 'test_simulator_key_0001';

/** One to run the example with, and some more to choose from in the editor. */
const SESSIONS = [
	{ entityName: 'Ada Example' },
	{ entityName: 'Grace attention', lastName: 'attention' },
	{ entityName: 'Alan Example', status: 'complete' },
	{ entityName: 'Edsger Example', status: 'cancelled' },
];

/** What the example runs against. */
interface Service {
	/** Name of the credential in n8n. */
	name: string;
	/** Content of the credential. */
	credential: Record<string, unknown>;
	sessionId: string;
	workflow: (credential: StoredCredential, sessionId: string) => Workflow;
	/** n8n's data folder; undefined for one that is removed afterwards. */
	userFolder?: string;
	/** For the person at the terminal. */
	description: string[];
	close(): Promise<void>;
}

async function simulatedService(): Promise<Service> {
	const simulator = await startSimulator();
	const [{ id: sessionId }] = simulator.workflowSessions.seed(SESSIONS);
	return {
		name: 'ComplyCube simulator',
		credential: { apiKey: SIMULATOR_KEY, baseUrl: simulator.url, requestsPerSecond: 0 },
		sessionId,
		workflow: exampleWorkflow,
		userFolder: USER_FOLDER,
		description: [`Simulator: ${simulator.url}, key ${SIMULATOR_KEY}`],
		close: () => simulator.close(),
	};
}

/** The real ComplyCube. The key must not stay behind, so this gets an n8n that is thrown away. */
function realService(apiKey: string, sessionId: string): Service {
	return {
		name: 'ComplyCube',
		credential: { apiKey },
		sessionId,
		workflow: readingWorkflow,
		description: ['Service:   the real ComplyCube, read only'],
		close: async () => {},
	};
}

/** Takes the key out of the environment, so that no child process gets to see it. */
function takeRealAccess(): { apiKey: string; sessionId: string } | undefined {
	const { COMPLYCUBE_API_KEY: apiKey, COMPLYCUBE_SESSION_ID: sessionId } = process.env;
	delete process.env.COMPLYCUBE_API_KEY;
	if (!apiKey && !sessionId) return undefined;
	if (!apiKey || !sessionId) {
		throw new Error('COMPLYCUBE_API_KEY and COMPLYCUBE_SESSION_ID have to be set together');
	}
	return { apiKey, sessionId };
}

async function logIn(client: N8nClient): Promise<void> {
	if (await client.needsOwner()) await client.setUpOwner(LOGIN);
	else await client.login(LOGIN);
}

async function saveCredential(
	client: N8nClient,
	{ name, credential }: Service,
): Promise<StoredCredential> {
	const saved = (await client.listCredentials()).find(
		(candidate) => candidate.name === name && candidate.type === CREDENTIAL_TYPE,
	);
	if (saved === undefined) return await client.createCredential(name, CREDENTIAL_TYPE, credential);
	await client.updateCredential(saved, credential);
	return saved;
}

async function saveWorkflow(client: N8nClient, workflow: Workflow): Promise<StoredWorkflow> {
	const saved = (await client.listWorkflows()).find(
		({ name, isArchived }) => name === workflow.name && !isArchived,
	);
	return saved === undefined
		? await client.createWorkflow(workflow)
		: await client.updateWorkflow(saved.id, workflow);
}

async function untilAborted(signal: AbortSignal): Promise<void> {
	if (signal.aborted) return;
	await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
}

/** @throws The signal's reason, as soon as it is aborted */
async function abortion(signal: AbortSignal): Promise<never> {
	await untilAborted(signal);
	throw signal.reason;
}

/** @returns Whether the example's run succeeded */
async function start(once: boolean, signal: AbortSignal): Promise<boolean> {
	const access = takeRealAccess();
	await prepareN8n({ version: N8N_VERSION, onProgress: console.log, signal });
	console.log('Building and packing the node');
	const tarball = await packedTarball(signal);
	const service =
		access === undefined ? await simulatedService() : realService(access.apiKey, access.sessionId);
	try {
		console.log('Starting n8n');
		const n8n = await startN8n({
			version: N8N_VERSION,
			tarball,
			userFolder: service.userFolder,
			signal,
		});
		try {
			await logIn(n8n.client);
			const credential = await saveCredential(n8n.client, service);
			const workflow = await saveWorkflow(
				n8n.client,
				service.workflow(credential, service.sessionId),
			);
			signal.throwIfAborted();
			console.log(`Running "${workflow.name}"`);
			const execution = await Promise.race([n8n.client.runWorkflow(workflow.id), abortion(signal)]);
			const { status, error } = execution;
			console.log(`\n${itemTable(execution)}\n`);
			if (status !== 'success') {
				console.log(
					[`The run ended with "${status}"`, error?.message, error?.description]
						.filter(Boolean)
						.join('\n'),
				);
			}
			if (!once) {
				console.log(
					[
						`Editor:    ${n8n.url}/workflow/${workflow.id}`,
						`Login:     ${LOGIN.email}, password ${LOGIN.password}`,
						...service.description,
						'Stop with Ctrl-C.',
					].join('\n'),
				);
				await untilAborted(signal);
				console.log('\nStopping n8n');
			}
			return status === 'success';
		} finally {
			await n8n.stop();
		}
	} finally {
		await service.close();
	}
}

async function main(): Promise<void> {
	const { values } = parseArgs({ options: { once: { type: 'boolean', default: false } } });
	const interruption = new AbortController();
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
		process.on(signal, () => interruption.abort());
	}
	try {
		const succeeded = await start(values.once, interruption.signal);
		if (values.once && !succeeded) process.exitCode = 1;
	} catch (error) {
		if (!interruption.signal.aborted) console.error((error as Error).message);
		process.exitCode = interruption.signal.aborted ? 130 : 1;
	}
}

void main();
