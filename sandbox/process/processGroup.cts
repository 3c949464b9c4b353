import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { StringDecoder } from 'node:string_decoder';

/** A running command and all its descendants, in a process group of their own. */
export interface ProcessGroup {
	/** Resolves with the exit code once the command has ended and no process of its group is left. */
	ended: Promise<number>;
	/** Ends the group: SIGTERM, and SIGKILL to whatever is left after the grace period. */
	stop(): Promise<void>;
	/** Ends the group at once, by SIGKILL. */
	kill(): Promise<void>;
}

export interface ProcessGroupOptions {
	cwd: string;
	env: NodeJS.ProcessEnv;
	/** How long the command may take to end when asked to, in milliseconds. */
	graceMs: number;
	/** Gets what the command writes to standard output and standard error, as it comes. */
	onOutput: (text: string, stream: 'stdout' | 'stderr') => void;
}

/**
 * Starts a command that cannot outlive this process, however this process ends.
 *
 * @param command Program to run, a path or a name looked up in `env.PATH`
 * @param args Its arguments
 * @returns The running group. If the program cannot be started, it ends with code 127
 */
export function startProcessGroup(
	command: string,
	args: string[],
	{ cwd, env, graceMs, onOutput }: ProcessGroupOptions,
): ProcessGroup {
	const keeper = spawn(
		process.execPath,
		[
			'--require',
			require.resolve('tsx/cjs'),
			join(__dirname, 'groupKeeper.cts'),
			String(graceMs),
			command,
			...args,
		],
		{ cwd, env, detached: true, stdio: ['pipe', 'pipe', 'pipe'] },
	);

	const signalGroup = (signal: NodeJS.Signals) => {
		if (keeper.pid === undefined) return;
		try {
			process.kill(-keeper.pid, signal);
		} catch (error) {
			// ESRCH means that the group is empty; macOS says EPERM if only zombies are left in it.
			if (!['ESRCH', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
		}
	};

	for (const stream of ['stdout', 'stderr'] as const) {
		const decoder = new StringDecoder('utf8');
		keeper[stream].on('data', (chunk: Buffer) => onOutput(decoder.write(chunk), stream));
	}

	const ended = new Promise<number>((resolve, reject) => {
		keeper.once('error', reject);
		keeper.once('exit', () => signalGroup('SIGKILL'));
		keeper.once('close', (code) => resolve(code ?? 1));
	});
	// Whoever awaits `ended` still gets the error; this only keeps it from being reported as unhandled.
	ended.catch(() => {});

	return {
		ended,
		async stop() {
			signalGroup('SIGTERM');
			const kill = setTimeout(() => signalGroup('SIGKILL'), graceMs);
			await ended.finally(() => clearTimeout(kill));
		},
		async kill() {
			signalGroup('SIGKILL');
			await ended;
		},
	};
}
