import { createRequire } from 'node:module';
import { join } from 'node:path';

import { SANDBOX_FOLDER } from '../../sandbox/n8n/paths.cts';
import { N8N_VERSION } from '../../sandbox/n8n/versions.cts';

/** A tool, as a server lists it. */
export interface McpTool {
	name: string;
	description?: string;
	inputSchema: { properties?: Record<string, unknown>; required?: string[] };
}

/** What a tool returned. */
export interface McpResult {
	isError?: boolean;
	content: Array<{ type: string; text: string }>;
}

/** What tests need of the client in `@modelcontextprotocol/sdk`. */
export interface McpClient {
	connect(transport: object): Promise<void>;
	listTools(): Promise<{ tools: McpTool[] }>;
	callTool(call: { name: string; arguments: Record<string, unknown> }): Promise<McpResult>;
	close(): Promise<void>;
}

interface ClientModule {
	Client: new (info: { name: string; version: string }) => McpClient;
}

interface TransportModule {
	StreamableHTTPClientTransport: new (
		url: URL,
		options: { requestInit: { headers: Record<string, string> } },
	) => object;
}

/** The official client library is part of every n8n that the sandbox installs. */
const requireFromN8n = createRequire(join(SANDBOX_FOLDER, N8N_VERSION, 'package.json'));

/**
 * Connects to an MCP server, as an AI app does.
 *
 * @param url The server's address, for Streamable HTTP
 * @param headers Sent with every request
 * @throws Error when the server does not let the client in. Its `code` is the HTTP status
 */
export async function connectMcpClient(
	url: string,
	headers: Record<string, string>,
): Promise<McpClient> {
	const { Client } = requireFromN8n('@modelcontextprotocol/sdk/client/index.js') as ClientModule;
	const { StreamableHTTPClientTransport } = requireFromN8n(
		'@modelcontextprotocol/sdk/client/streamableHttp.js',
	) as TransportModule;
	const client = new Client({ name: 'test', version: '1.0.0' });
	await client.connect(
		new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers } }),
	);
	return client;
}
