import type { AddressInfo } from 'node:net';
import fastify from 'fastify';

/** A call of one of the agent's tools. */
export interface ToolCall {
	tool: string;
	input: Record<string, unknown>;
}

interface ChatRequest {
	messages: Array<{ role: string; content: unknown }>;
	tools: Array<{ function: { name: string; description: string; parameters: object } }>;
}

/** A language model that follows a script. */
export interface ScriptedModel {
	/** Base URL for n8n's OpenAI credential. */
	url: string;
	/** The requests from n8n, oldest first. */
	requests: ChatRequest[];
	stop(): Promise<void>;
}

/**
 * Starts a server with as much of OpenAI's chat completions API as n8n's agent needs.
 *
 * @param turns What the model does at each turn: it calls a tool, or replies with a text
 */
export async function startScriptedModel(turns: Array<ToolCall | string>): Promise<ScriptedModel> {
	const requests: ChatRequest[] = [];
	const app = fastify({ forceCloseConnections: true });
	app.post<{ Body: ChatRequest }>('/v1/chat/completions', ({ body }) => ({
		id: 'reply',
		object: 'chat.completion',
		created: 0,
		model: 'scripted',
		choices: [{ index: 0, ...choice(turns[requests.push(body) - 1]) }],
		usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
	}));
	await app.listen({ host: '127.0.0.1', port: 0 });
	const { port } = app.server.address() as AddressInfo;
	return { url: `http://127.0.0.1:${port}/v1`, requests, stop: () => app.close() };
}

function choice(turn: ToolCall | string) {
	const role = 'assistant';
	if (typeof turn === 'string') {
		return { finish_reason: 'stop', message: { role, content: turn } };
	}
	const call = {
		id: `call_${turn.tool}`,
		type: 'function',
		function: { name: turn.tool, arguments: JSON.stringify(turn.input) },
	};
	return { finish_reason: 'tool_calls', message: { role, content: null, tool_calls: [call] } };
}
