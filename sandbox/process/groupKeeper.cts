/**
 * Runs one command and takes it down when the process that asked for it is gone.
 *
 * Started by processGroup.cts as the leader of a process group of its own, with its standard input
 * tied to the asker. Signal handlers in the asker are not enough: jest gives tests a copy of
 * `process` whose handlers never fire, and nothing fires on SIGKILL. A closed pipe always does.
 */
import { spawn } from 'node:child_process';

const [graceMs, command, ...args] = process.argv.slice(2);

const signalGroup = (signal: NodeJS.Signals) => process.kill(-process.pid, signal);

const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });

// Handed on rather than inherited: with the asker gone, the command could not even log its own end.
for (const stream of ['stdout', 'stderr'] as const) {
	child[stream].on('data', (chunk: Buffer) => process[stream].write(chunk));
	process[stream].on('error', () => {});
}

child.on('error', (error) => {
	console.error(`Could not start ${command}: ${error.message}`);
	process.exit(127);
});
child.on('exit', (code) => {
	// Nobody is left to clear the group once the asker is gone.
	if (process.stdin.readableEnded) signalGroup('SIGKILL');
	process.exitCode = code ?? 1;
	process.stdin.destroy();
	// The last output is handed on first, but a descendant left behind may hold the pipes open.
	setTimeout(() => process.exit(), 1_000).unref();
});

// Signals go to the whole group; the keeper stays to report how the command ended.
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => {});

process.stdin.resume();
process.stdin.on('end', () => {
	signalGroup('SIGTERM');
	setTimeout(() => signalGroup('SIGKILL'), Number(graceMs));
});
