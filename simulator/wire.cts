import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { usualErrorReply } from './errors.cts';
import type { Fault, FaultBody, FaultKind, NAMED_BODIES } from './faults.cts';
import { retryAfterHeader } from './rateLimit.cts';
import type { ApiReply } from './resource.cts';
import type { Ending, RequestRecord } from './requestLog.cts';

/** The connection to one client, and what is recorded about it. */
export interface Wire {
	response: ServerResponse;
	record: RequestRecord;
	recordEnding(ending: Ending): void;
}

interface Packet {
	status: number;
	headers: Record<string, string>;
	payload: Buffer;
}

const JSON_TYPE = 'application/json; charset=utf-8';
const MEGABYTE = 1024 * 1024;

const newPacket = (
	status: number,
	text = '',
	type = JSON_TYPE,
	headers: Record<string, string> = {},
): Packet => ({
	status,
	headers: { ...(text && { 'content-type': type }), ...headers },
	payload: Buffer.from(text),
});

const packReply = ({ status, body, headers }: ApiReply, changed?: Fault['headers']): Packet =>
	newPacket(status, body === undefined ? '' : JSON.stringify(body), JSON_TYPE, {
		...headers,
		...changed,
	});

const namedBodies: Record<(typeof NAMED_BODIES)[number], () => { text: string; type?: string }> = {
	empty: () => ({ text: '' }),
	html: () => ({
		text: '<html><head><title>Bad Gateway</title></head><body>Bad Gateway</body></html>',
		type: 'text/html',
	}),
	truncatedJson: () => ({ text: '{"id":"5eb2b61e02df0a0008f1cf2a","clientId":"5eb1' }),
	oneMegabyte: () => ({
		text: JSON.stringify({ type: 'internal_server_error', message: 'x'.repeat(MEGABYTE) }),
	}),
};

function bodyOf(body: FaultBody): { text: string; type?: string } {
	if (typeof body === 'string') return namedBodies[body]();
	if ('json' in body) return { text: JSON.stringify(body.json) };
	return { text: body.text, type: body.contentType };
}

function packFault({ status = 500, body, retryAfter, ...fault }: Fault): Packet {
	const headers = { ...retryAfterHeader(retryAfter), ...fault.headers };
	if (!body) return packReply({ ...usualErrorReply(status), headers });
	const { text, type } = bodyOf(body);
	return newPacket(status, text, type, headers);
}

function writeHead({ response, record }: Wire, { status, headers, payload }: Packet): void {
	record.status = status;
	const length = status === 204 ? {} : { 'content-length': String(payload.length) };
	response.writeHead(status, { ...length, ...headers });
}

function send(wire: Wire, packet: Packet): void {
	if (wire.response.destroyed) return;
	writeHead(wire, packet);
	wire.response.end(packet.payload);
	wire.recordEnding('answered');
}

function drop({ response, recordEnding }: Wire, ending: Ending): void {
	recordEnding(ending);
	response.socket?.destroy();
}

async function drip(wire: Wire, packet: Packet, { stepBytes = 16, stepMs = 50 }: Fault) {
	const { response, recordEnding } = wire;
	writeHead(wire, packet);
	for (let start = 0; start < packet.payload.length; start += stepBytes) {
		if (response.destroyed) return;
		response.write(packet.payload.subarray(start, start + stepBytes));
		await sleep(stepMs, undefined, { ref: false });
	}
	response.end();
	recordEnding('answered');
}

function sendHalf(wire: Wire, packet: Packet): void {
	writeHead(wire, packet);
	wire.response.write(packet.payload.subarray(0, packet.payload.length / 2), () =>
		drop(wire, 'cutShort'),
	);
}

type Handler = () => Promise<ApiReply>;

type Responder = (wire: Wire, handle: Handler, fault: Fault) => Promise<void>;

const responders: Record<FaultKind, Responder> = {
	reply: async (wire, handle, fault) => {
		if (fault.processed) await handle();
		send(wire, packFault(fault));
	},
	delay: async (wire, handle, { headers }) => send(wire, packReply(await handle(), headers)),
	drip: async (wire, handle, fault) => drip(wire, packReply(await handle()), fault),
	dropBefore: async (wire) => drop(wire, 'droppedBeforeProcessing'),
	dropAfter: async (wire, handle) => {
		await handle();
		drop(wire, 'droppedAfterProcessing');
	},
	silence: async (wire, handle, fault) => {
		if (fault.processed) await handle();
		wire.recordEnding('neverAnswered');
	},
	shortBody: async (wire, handle) => sendHalf(wire, packReply(await handle())),
};

/**
 * Processes a request and answers it, with the fault if there is one. A request whose client
 * disconnects during `delayMs` is still processed, as by a real server.
 *
 * @param handle Does the work; called at most once.
 */
export async function respond(
	wire: Wire,
	handle: Handler,
	fault: Fault | undefined,
): Promise<void> {
	if (!fault) return send(wire, packReply(await handle()));
	if (fault.delayMs) await sleep(fault.delayMs, undefined, { ref: false });
	return responders[fault.kind](wire, handle, fault);
}
