import { appendFileSync } from 'node:fs';

import type { Installation } from './installation.cts';
import type { ProcessGroup } from '../process/processGroup.cts';
import { startService } from '../process/service.cts';

/** More than n8n gives running executions, see N8N_GRACEFUL_SHUTDOWN_TIMEOUT. */
const STOP_GRACE_MS = 8_000;

interface ProcessOptions {
	installation: Installation;
	/** What it is: all of n8n, or the main process of its queue mode; one that takes deliveries; one that executes. */
	command: 'start' | 'webhook' | 'worker';
	/** Value of `N8N_USER_FOLDER`. */
	userFolder: string;
	env: NodeJS.ProcessEnv;
	/** Addresses that answer JSON once the process can be used. */
	readyAt: string[];
	/** Gets everything n8n writes, appended. */
	logFile?: string;
	/** Ends the start early. */
	signal?: AbortSignal;
}

/** A running process of n8n with its task runners. */
export interface N8nProcess {
	/** Everything it wrote since its first start. */
	logs(): string;
	/** Ends it. Running executions get a few seconds. */
	stop(): Promise<void>;
	/** Ends it at once, as a crash would. */
	kill(): Promise<void>;
	/**
	 * Ends it, if it still runs, and starts it again on the same port and data.
	 *
	 * @param env Added to its environment, also for later restarts
	 * @param meanwhile Runs while it is down
	 * @throws Error with the end of its log when it does not come up
	 */
	restart(env?: NodeJS.ProcessEnv, meanwhile?: () => Promise<unknown>): Promise<void>;
}

/**
 * Starts a process of n8n and waits until it can be used. It ends when this process does.
 *
 * @throws Error with the end of its log when it does not come up
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
			// n8n reads a .env file from where it is started.
			cwd: userFolder,
			env,
			graceMs: STOP_GRACE_MS,
			onOutput: (text) => {
				log += text;
				if (logFile !== undefined) appendFileSync(logFile, text);
			},
			isReady: async () => (await Promise.all(readyAt.map(answersJson))).every(Boolean),
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

async function answersJson(address: string): Promise<boolean> {
	try {
		const response = await fetch(address, { signal: AbortSignal.timeout(5_000) });
		await response.json();
		return response.ok;
	} catch {
		return false;
	}
}
