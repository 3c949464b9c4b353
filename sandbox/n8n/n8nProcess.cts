import { appendFileSync } from 'node:fs';

import type { ProcessGroup } from '../process/processGroup.cts';
import { startService } from '../process/service.cts';
import type { Installation } from './installation.cts';

/** Longer than n8n waits for running executions, see N8N_GRACEFUL_SHUTDOWN_TIMEOUT. */
const STOP_GRACE_MS = 8_000;

interface ProcessOptions {
	installation: Installation;
	/** `start` runs all of n8n, or the main process in queue mode; `webhook` receives deliveries; `worker` runs executions. */
	command: 'start' | 'webhook' | 'worker';
	/** Value of `N8N_USER_FOLDER`. */
	userFolder: string;
	env: NodeJS.ProcessEnv;
	/** Addresses that all return JSON once the process can be used. */
	readyAt: string[];
	/** Gets everything n8n writes, appended. */
	logFile?: string;
	/** Stops the start early. */
	signal?: AbortSignal;
}

/** A running process of n8n with its task runners. */
export interface N8nProcess {
	/** What it wrote since its first start. */
	logs(): string;
	/** Ends it, after giving running executions a few seconds. */
	stop(): Promise<void>;
	/** Ends it at once, as a crash would. */
	kill(): Promise<void>;
	/**
	 * Ends it, if it is still running, and starts it again with the same port and data.
	 *
	 * @param env Added to its environment for this and all later restarts
	 * @param meanwhile Called while it is down
	 * @throws Error with the end of its log when it does not start
	 */
	restart(env?: NodeJS.ProcessEnv, meanwhile?: () => Promise<unknown>): Promise<void>;
}

/**
 * Starts a process of n8n, and waits until it can be used. It ends when this process does.
 *
 * @throws Error with the end of its log when it does not start
 */
export async function startN8nProcess({
	installation: { node, n8n },
	command,
	userFolder,
	env: givenEnv,
	readyAt,
	logFile,
	signal,
}: ProcessOptions): Promise<N8nProcess> {
	let env = givenEnv;
	let log = '';
	let running: ProcessGroup;

	const start = async () => {
		running = await startService(node, [n8n, command], {
			name: `n8n ${command}`,
			// n8n reads a .env file from its working directory.
			cwd: userFolder,
			env,
			graceMs: STOP_GRACE_MS,
			onOutput: (text) => {
				log += text;
				if (logFile !== undefined) appendFileSync(logFile, text);
			},
			isReady: async () => (await Promise.all(readyAt.map(returnsJson))).every(Boolean),
			signal,
		});
	};

	await start();
	return {
		logs: () => log,
		stop: () => running.stop(),
		kill: () => running.kill(),
		async restart(added = {}, meanwhile) {
			await running.stop();
			await meanwhile?.();
			env = { ...env, ...added };
			await start();
		},
	};
}

async function returnsJson(address: string): Promise<boolean> {
	try {
		const response = await fetch(address, { signal: AbortSignal.timeout(5_000) });
		await response.json();
		return response.ok;
	} catch {
		return false;
	}
}
