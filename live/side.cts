import { setTimeout as sleep } from 'node:timers/promises';
import type { INodeType } from 'n8n-workflow';
import { loadPackage, runNode } from '../test/built/engine.cts';
import {
	filled,
	isNodeRun,
	namesNeeded,
	valueAt,
	type Call,
	type Known,
	type NodeRun,
	type PlainRequest,
} from './calls/call.cts';
import type { Outcome } from './compare.cts';
import { parametersOf } from './parameters.cts';
import { drawPicture } from './picture.cts';
import { jsonOf, startProxy, type Exchange } from './proxy.cts';

/** Where calls are made. */
export interface Service {
	/** Base URL */
	url: string;
	apiKey: string;
	requestsPerSecond: number;
	/** How long to wait before the same question is asked again, in ms */
	askAgainAfter: number;
	/** What the calls can refer to from the beginning */
	known: Known;
	/** Puts the limit into force that a key really has */
	limitRate?(): void;
}

/** What came of a call: an outcome, or what it would have needed from earlier ones. */
export type Attempt = Outcome | { missing: string[] };

/** A service, and what happens there. */
export interface Side {
	attempt(call: Call, signal: AbortSignal): Promise<Attempt>;
	/** Lets no more requests through, and waits for those under way. */
	drain(): Promise<void>;
	close(): Promise<void>;
}

/** How often the same question is asked at most. */
const MOST_QUESTIONS = 30;

const FILE = { mimeType: 'image/png', fileName: 'picture.png' };

/**
 * Prepares to make calls.
 *
 * @param onExchange Gets every reply
 */
export async function openSide(
	service: Service,
	onExchange: (exchange: Exchange) => void,
): Promise<Side> {
	const { apiKey, requestsPerSecond } = service;
	const known = { ...service.known };
	let exchanges: Exchange[] = [];
	const proxy = await startProxy(service.url, (exchange) => {
		exchanges.push(exchange);
		onExchange(exchange);
		return exchange;
	});

	/** @returns What the node made of the replies */
	async function run(does: NodeRun): Promise<string> {
		const { description } = (await loadPackage()).getNode('complyCube').type as INodeType;
		const { error } = await runNode({
			parameters: parametersOf(description, does),
			credential: { apiKey, baseUrl: proxy.url, requestsPerSecond },
			input: [known],
			...(does.sendsPicture && { binary: { data: { ...FILE, data: drawPicture() } } }),
		});
		return error ? `failed: ${error.httpCode ?? error.name}` : 'succeeded';
	}

	async function request({ method, path, body, apiKey: otherKey }: PlainRequest): Promise<void> {
		// No answer is an exchange like any other
		await fetch(proxy.url + filled(path, known), {
			method,
			headers: { authorization: otherKey ?? apiKey, 'content-type': 'application/json' },
			...(body && { body: filled(JSON.stringify(body), known) }),
		}).catch(() => undefined);
	}

	async function askOnce({ does, atOnce = 1 }: Call): Promise<Outcome> {
		exchanges = [];
		if (isNodeRun(does)) return { node: await run(does), exchanges };
		if (atOnce > 1) service.limitRate?.();
		else await sleep(1000 / requestsPerSecond);
		await Promise.all(Array.from({ length: atOnce }, async () => await request(does)));
		// Of several replies the one that was refused counts
		return { exchanges: exchanges.sort((one, other) => one.status - other.status) };
	}

	async function attempt(call: Call, signal: AbortSignal): Promise<Attempt> {
		const missing = namesNeeded(call).filter((name) => !(name in known));
		if (missing.length > 0) return { missing };
		for (let questions = 1; ; questions++) {
			const outcome = await askOnce(call);
			const [last] = outcome.exchanges.slice(-1);
			const json = last && jsonOf(last);
			for (const [name, path] of Object.entries(call.keeps ?? {})) {
				const value = valueAt(json, path);
				if (typeof value === 'string') known[name] = value;
			}
			const isWaitedFor = call.until && valueAt(json, call.until.path) !== call.until.value;
			const isSuccess = last !== undefined && last.status > 0 && last.status < 300;
			// The node waits by itself, and the burst is meant to be refused
			const isTooSoon = last?.status === 429 && !isNodeRun(call.does) && !call.atOnce;
			const isFinal = !isTooSoon && !(isWaitedFor && isSuccess);
			if (isFinal || questions === MOST_QUESTIONS) return outcome;
			await sleep(service.askAgainAfter, undefined, { signal });
		}
	}

	return { attempt, drain: proxy.drain, close: proxy.close };
}
