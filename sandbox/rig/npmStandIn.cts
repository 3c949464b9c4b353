import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import {
	createServer as createHttpServer,
	request as sendHttp,
	type RequestListener,
} from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createSecureContext, type SecureContext } from 'node:tls';

import { generate, type GenerateResult } from 'selfsigned';

/** A request that a program sent to an https address of its choice. */
export interface OutgoingRequest {
	method: string;
	host: string;
	path: string;
}

/** A proxy that leads every https address to a registry on this machine. */
export interface NpmStandIn {
	/** Environment variables that make a program and the npm it runs use the proxy. */
	env: NodeJS.ProcessEnv;
	/** What was sent through it so far. */
	requests: OutgoingRequest[];
	stop(): Promise<void>;
}

/**
 * Stands in for npm: whoever uses it sees a registry on this machine at npm's own address. n8n takes packages from another
 * address only with a licence.
 *
 * @param registryPort The registry's port on 127.0.0.1
 * @param folder Home folder for the programs that use it: npm's settings and cache of the person at the computer must
 *   neither matter nor change
 */
export async function startNpmStandIn(registryPort: number, folder: string): Promise<NpmStandIn> {
	const requests: OutgoingRequest[] = [];
	const forward: RequestListener = (request, response) => {
		const { method = '', url: path = '', headers } = request;
		requests.push({ method, host: headers.host ?? '', path });
		const forwarded = sendHttp(
			{
				port: registryPort,
				host: '127.0.0.1',
				method,
				path,
				// So that the registry's own links lead here again
				headers: { ...headers, 'x-forwarded-proto': 'https' },
			},
			(reply) => {
				response.writeHead(reply.statusCode ?? 502, reply.headers);
				reply.pipe(response);
			},
		);
		forwarded.on('error', () => response.destroy());
		request.pipe(forwarded);
	};

	const authority = await createAuthority();
	const contexts = new Map<string, Promise<SecureContext>>();
	const contextFor = async (host: string) => {
		const context = contexts.get(host) ?? createContext(host, authority);
		contexts.set(host, context);
		return await context;
	};
	const endpoint = createHttpsServer(
		{
			SNICallback: (host, done) =>
				void contextFor(host).then(
					(context) => done(null, context),
					(error: Error) => done(error),
				),
		},
		forward,
	);
	const proxy = createHttpServer().on('connect', (_request, socket) => {
		socket.on('error', () => socket.destroy());
		socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
		endpoint.emit('connection', socket);
	});
	proxy.listen(0, '127.0.0.1');
	await once(proxy, 'listening');
	const address = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;

	const authorityFile = join(folder, 'authority.pem');
	await writeFile(authorityFile, authority.cert);
	return {
		env: {
			HOME: folder,
			HTTPS_PROXY: address,
			https_proxy: address,
			NODE_EXTRA_CA_CERTS: authorityFile,
			npm_config_cafile: authorityFile,
			npm_config_update_notifier: 'false',
		},
		requests,
		async stop() {
			endpoint.closeAllConnections();
			proxy.closeAllConnections();
			await new Promise((resolve) => proxy.close(resolve));
		},
	};
}

const createAuthority = async (): Promise<GenerateResult> =>
	await generate([{ name: 'commonName', value: 'Sandbox authority' }], {
		algorithm: 'sha256',
		keyType: 'ec',
		extensions: [
			{ name: 'basicConstraints', cA: true, critical: true },
			{ name: 'keyUsage', keyCertSign: true, critical: true },
		],
	});

async function createContext(host: string, authority: GenerateResult): Promise<SecureContext> {
	const { private: key, cert } = await generate([{ name: 'commonName', value: host }], {
		algorithm: 'sha256',
		keyType: 'ec',
		ca: { key: authority.private, cert: authority.cert },
		extensions: [
			{ name: 'basicConstraints', cA: false },
			{ name: 'subjectAltName', altNames: [{ type: 2, value: host }] },
		],
	});
	return createSecureContext({ key, cert });
}
