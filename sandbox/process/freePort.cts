import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * Systems pick the ports of outgoing connections from above this range. A port in it cannot be taken that way while its
 * program restarts.
 */
const RANGE = { from: 20_000, to: 32_000 };

const ATTEMPTS = 100;

/**
 * Finds a TCP port on 127.0.0.1 that is free at the moment.
 *
 * @throws Error when there is none among many that were tried
 */
export async function findFreePort(): Promise<number> {
	for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
		const port = randomInt(RANGE.from, RANGE.to);
		if (await isFree(port)) return port;
	}
	throw new Error(`Found no free port from ${RANGE.from} to ${RANGE.to}`);
}

async function isFree(port: number): Promise<boolean> {
	const server = createServer().listen(port, '127.0.0.1');
	try {
		await once(server, 'listening');
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') return false;
		throw error;
	}
	await new Promise((resolve) => server.close(resolve));
	return true;
}
