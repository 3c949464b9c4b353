import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { generate } from 'selfsigned';

/** Other servers than ComplyCube, to which no request and no key must go. */
export interface Elsewhere {
	/** Answers whatever it is asked */
	http: string;
	/** The same, with a certificate that nobody vouches for */
	https: string;
	/** Nobody listens there. Not a port that was free just now: it could be given to somebody meanwhile */
	closed: string;
	/** What got there, as "POST /clients", and whether with a key */
	requests: string[];
	close(): Promise<void>;
}

async function listening(server: Server): Promise<number> {
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return (server.address() as AddressInfo).port;
}

/** Starts them, on the loopback interface. */
export async function startElsewhere(): Promise<Elsewhere> {
	const requests: string[] = [];
	const certificate = await generate([{ name: 'commonName', value: 'localhost' }], {
		algorithm: 'sha256',
		keyType: 'ec',
	});
	const answer: Parameters<typeof createHttpServer>[1] = ({ method, url, headers }, response) => {
		requests.push(`${method} ${url} ${headers.authorization ? 'with' : 'without'} a key`);
		response.setHeader('content-type', 'application/json').end('{}');
	};
	const http = createHttpServer(answer);
	const https = createHttpsServer({ key: certificate.private, cert: certificate.cert }, answer);
	const servers = [http, https];
	return {
		http: `http://127.0.0.1:${await listening(http)}/v1`,
		https: `https://localhost:${await listening(https)}/v1`,
		closed: 'http://127.0.0.1:1/v1',
		requests,
		close: async () => {
			for (const server of servers) {
				server.closeAllConnections();
				await new Promise((resolve) => server.close(resolve));
			}
		},
	};
}
