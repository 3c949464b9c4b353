import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { IDataObject } from 'n8n-workflow';
import { runNode, type RunResult } from '../built/engine.cts';

export type Answer = (response: ServerResponse, request: IncomingMessage) => void;

/** A service in place of ComplyCube that answers whatever a test wants. */
export class StandIn {
	answer: Answer = (response) => response.end('{}');

	private constructor(
		private readonly server: Server,
		readonly origin: string,
	) {}

	static async start(): Promise<StandIn> {
		const server = createServer((request, response) => {
			request.resume();
			response.on('error', () => undefined);
			standIn.answer(response, request);
		});
		server.listen(0, '127.0.0.1');
		await once(server, 'listening');
		const { port } = server.address() as AddressInfo;
		const standIn = new StandIn(server, `http://127.0.0.1:${port}`);
		return standIn;
	}

	/** A credential with a key that no other request has slowed down. */
	newCredential(): IDataObject {
		return {
			apiKey: `test_${randomUUID()}`,
			baseUrl: `${this.origin}/v1`,
			requestsPerSecond: 10_000,
		};
	}

	/** Runs the node once, with a new credential. */
	async run(parameters: IDataObject, cancelAfter?: number): Promise<RunResult> {
		return await runNode({ parameters, credential: this.newCredential(), cancelAfter });
	}

	/** Whether every connection is closed within a second. */
	async isQuiet(): Promise<boolean> {
		for (let tries = 0; tries < 20; tries++) {
			const open = await new Promise((resolve) =>
				this.server.getConnections((_, count) => resolve(count)),
			);
			if (open === 0) return true;
			await new Promise((resolve) => setTimeout(resolve, 50));
		}
		return false;
	}

	close(): void {
		this.server.closeAllConnections();
		this.server.close();
	}
}
