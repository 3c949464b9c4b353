import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { errorOf } from './errors.cts';
import type { Fault, FaultBody, FaultKind, NAMED_BODIES } from './faults.cts';
import { retryAfterHeader } from './rateLimit.cts';
import type { ApiReply } from './resource.cts';
import type { Ending, RequestRecord } from './requestLog.cts';

/** The way out to one client. */
export interface Wire {
	response: ServerResponse;
	record: RequestRecord;
	end(ending: Ending): void;
}

interface Packet {
	status: number;
	headers: Record<string, string>;
	payload: Buffer;
}

const JSON_TYPE = 'application/json; charset=utf-8';
const MEGABYTE = 1024 * 1024;

const packet = (
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
	packet(status, body === undefined ? '' : JSON.stringify(body), JSON_TYPE, {
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

function readBody(body: FaultBody): { text: string; type?: string } {
	if (typeof body === 'string') return namedBodies[body]();
	if ('json' in body) return { text: JSON.stringify(body.json) };
	return { text: body.text, type: body.contentType };
}

function packFault({ status = 500, body, retryAfter, ...fault }: Fault): Packet {
	const headers = { ...retryAfterHeader(retryAfter), ...fault.headers };
	if (!body) return packReply({ ...errorOf(status), headers });
	const { text, type } = readBody(body);
	return packet(status, text, type, headers);
}

function writeHead({ response, record }: Wire, { status, headers, payload }: Packet): void {
	record.status = status;
	const length = status === 204 ? {} : { 'content-length': String(payload.length) };
	response.writeHead(status, { ...length, ...headers });
}

function send(wire: Wire, sent: Packet): void {
	if (wire.response.destroyed) return;
	writeHead(wire, sent);
	wire.response.end(sent.payload);
	wire.end('answered');
}

function drop({ response, end }: Wire, ending: Ending): void {
	end(ending);
	response.socket?.destroy();
}

async function drip(wire: Wire, sent: Packet, { stepBytes = 16, stepMs = 50 }: Fault) {
	const { response, end } = wire;
	writeHead(wire, sent);
	for (let start = 0; start < sent.payload.length; start += stepBytes) {
		if (response.destroyed) return;
		response.write(sent.payload.subarray(start, start + stepBytes));
		await sleep(stepMs, undefined, { ref: false });
	}
	response.end();
	end('answered');
}

function sendHalf(wire: Wire, sent: Packet): void {
	writeHead(wire, sent);
	wire.response.write(sent.payload.subarray(0, sent.payload.length / 2), () =>
		drop(wire, 'cutShort'),
	);
}

type Process = () => Promise<ApiReply>;

type Deliver = (wire: Wire, process: Process, fault: Fault) => Promise<void>;

const deliveries: Record<FaultKind, Deliver> = {
	reply: async (wire, process, fault) => {
		if (fault.processed) await process();
		send(wire, packFault(fault));
	},
	delay: async (wire, process, { headers }) => send(wire, packReply(await process(), headers)),
	drip: async (wire, process, fault) => drip(wire, packReply(await process()), fault),
	dropBefore: async (wire) => drop(wire, 'droppedBeforeProcessing'),
	dropAfter: async (wire, process) => {
		await process();
		drop(wire, 'droppedAfterProcessing');
	},
	silence: async (wire, process, fault) => {
		if (fault.processed) await process();
		wire.end('neverAnswered');
	},
	shortBody: async (wire, process) => sendHalf(wire, packReply(await process())),
};

/**
 * Processes a request and answers it, in the manner of the fault if there is one. A request whose
 * client leaves during `delayMs` is still processed, as a real server would.
 *
 * @param process Does the work; called at most once.
 */
export async function deliver(
	wire: Wire,
	process: Process,
	fault: Fault | undefined,
): Promise<void> {
	if (!fault) return send(wire, packReply(await process()));
	if (fault.delayMs) await sleep(fault.delayMs, undefined, { ref: false });
	return deliveries[fault.kind](wire, process, fault);
}
