import { createServer } from 'node:http';
import type { IncomingMessage, RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
	path: string;
	headers: IncomingMessage['headers'];
	/** Names and values of the header lines in turn. */
	rawHeaders: string[];
	signature: string;
	body: Buffer;
	socket: unknown;
}

const answerOk: RequestListener = (_request, response) => response.end();

/** Stands for the customer's server that webhooks deliver to. */
export class Listener {
	received: Received[] = [];
	/** How it answers, once the whole request has arrived. */
	respond: RequestListener = answerOk;

	private readonly server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request
			.on('data', (chunk: Buffer) => chunks.push(chunk))
			.on('end', () => {
				const { url: path = '', headers, rawHeaders, socket } = request;
				const signature = String(headers['complycube-signature']);
				const body = Buffer.concat(chunks);
				this.received.push({ path, headers, rawHeaders, signature, body, socket });
				this.respond(request, response);
			});
	});

	static async start(): Promise<Listener> {
		const listener = new Listener();
		await new Promise<void>((resolve) => listener.server.listen(0, '127.0.0.1', resolve));
		return listener;
	}

	get url(): string {
		return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/hook`;
	}

	/** Forgets what was received, and answers with an empty 200 again. */
	reset(): void {
		this.received = [];
		this.respond = answerOk;
	}

	async close(): Promise<void> {
		this.server.closeAllConnections();
		await new Promise((resolve) => this.server.close(resolve));
	}
}
