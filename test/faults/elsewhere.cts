import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { generate } from 'selfsigned';

/** Servers other than ComplyCube, which must receive neither a request nor a key. */
export interface Elsewhere {
	/** Answers every request */
	http: string;
	/** The same, with a certificate that no authority signed */
	https: string;
	/** Nothing listens there. It is not a port that was free a moment ago, because another program could have taken it since */
	closed: string;
	/** What arrived, e.g. "POST /clients with a key" */
	requests: string[];
	close(): Promise<void>;
}

async function listen(server: Server): Promise<number> {
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return (server.address() as AddressInfo).port;
}

/** Starts the servers on the loopback interface. */
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
		http: `http://127.0.0.1:${await listen(http)}/v1`,
		https: `https://localhost:${await listen(https)}/v1`,
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
