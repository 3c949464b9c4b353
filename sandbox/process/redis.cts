import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { connect } from 'node:net';

import { findFreePort } from './freePort.cts';
import type { ProcessGroup } from './processGroup.cts';
import { startService } from './service.cts';

/** Where Debian has it. */
const REDIS_SERVER = '/usr/bin/redis-server';

/** A running Redis. */
export interface Redis {
	/** Port on 127.0.0.1. */
	port: number;
	stop(): Promise<void>;
}

/**
 * Starts a Redis of its own on 127.0.0.1. It ends when this process does.
 *
 * @param folder Gets a log of everything that is written to it; made if it is not there
 * @throws Error when Redis is not installed, naming Debian's package, or does not come up
 */
export async function startRedis(folder: string): Promise<Redis> {
	if (!existsSync(REDIS_SERVER)) {
		throw new Error(
			`There is no Redis at ${REDIS_SERVER}: install Debian's package redis-server, with apt-get install redis-server`,
		);
	}
	await mkdir(folder, { recursive: true });
	const port = await findFreePort();
	const settings = {
		port: String(port),
		bind: '127.0.0.1',
		dir: folder,
		save: '',
		appendonly: 'yes',
		appendfsync: 'no',
	};
	const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
	const running: ProcessGroup = await startService(REDIS_SERVER, args, {
		name: 'Redis',
		cwd: folder,
		env: {},
		graceMs: 3_000,
		onOutput: () => {},
		isReady: () => answersPing(port),
	});
	return { port, stop: () => running.stop() };
}

async function answersPing(port: number): Promise<boolean> {
	return await new Promise((resolve) => {
		const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
		socket.setTimeout(1_000, () => socket.destroy());
		socket.on('data', (answer) => {
			resolve(answer.toString().startsWith('+PONG'));
			socket.destroy();
		});
		socket.on('error', () => {});
		socket.on('close', () => resolve(false));
	});
}
