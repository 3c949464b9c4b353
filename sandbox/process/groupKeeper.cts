/**
 * Runs one command and ends it when the process that asked for it is gone.
 *
 * processGroup.cts starts this file as the leader of a new process group, with a pipe from the asking process as its
 * standard input. Signal handlers in that process would not be enough: jest gives tests a copy of `process` whose handlers
 * never fire, and no handler fires on SIGKILL. A pipe is closed in every case.
 */
import { spawn } from 'node:child_process';

const [graceMs, command, ...args] = process.argv.slice(2);

const signalGroup = (signal: NodeJS.Signals) => process.kill(-process.pid, signal);

const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });

// Passed on rather than inherited, so that the command can still log its own end when the asking process is gone.
for (const stream of ['stdout', 'stderr'] as const) {
	child[stream].on('data', (chunk: Buffer) => process[stream].write(chunk));
	process[stream].on('error', () => {});
}

child.on('error', (error) => {
	console.error(`Could not start ${command}: ${error.message}`);
	process.exit(127);
});
child.on('exit', (code) => {
	// With the asking process gone, nobody else would end the rest of the group.
	if (process.stdin.readableEnded) signalGroup('SIGKILL');
	process.exitCode = code ?? 1;
	process.stdin.destroy();
	// The last output goes out first, but a descendant that is left behind may keep the pipes open.
	setTimeout(() => process.exit(), 1_000).unref();
});

// A signal reaches the whole group. The keeper ignores it, so that it can report how the command ended.
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => {});

process.stdin.resume();
process.stdin.on('end', () => {
	signalGroup('SIGTERM');
	setTimeout(() => signalGroup('SIGKILL'), Number(graceMs));
});
