import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { connect } from 'node:net';

import { findFreePort } from './freePort.cts';
import type { ProcessGroup } from './processGroup.cts';
import { startService } from './service.cts';

/** Where Debian installs it. */
const REDIS_SERVER = '/usr/bin/redis-server';

/** A running Redis. */
export interface Redis {
	/** Port on 127.0.0.1. */
	port: number;
	stop(): Promise<void>;
}

/**
 * Starts a new Redis on 127.0.0.1. It ends when this process does.
 *
 * @param folder Where Redis logs everything that is written to it; created if it does not exist
 * @throws Error when Redis is not installed, naming Debian's package, or when it does not start
 */
export async function startRedis(folder: string): Promise<Redis> {
	if (!existsSync(REDIS_SERVER)) {
		throw new Error(`Redis is not at ${REDIS_SERVER}. Install it: apt-get install redis-server`);
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
		socket.on('data', (reply) => {
			resolve(reply.toString().startsWith('+PONG'));
			socket.destroy();
		});
		socket.on('error', () => {});
		socket.on('close', () => resolve(false));
	});
}
