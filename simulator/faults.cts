import { exactObject } from './jsonSchema.cts';
import { retryAfterSchema } from './rateLimit.cts';
import type { RetryAfter } from './rateLimit.cts';

/** What can go wrong with one request. */
export const FAULT_KINDS = [
	/** The given reply in place of the API's own; the request is not processed unless `processed`. */
	'reply',
	/** Processed and answered as usual; useful with `delayMs`. */
	'delay',
	/** The usual reply, a few bytes at a time. */
	'drip',
	/** Connection closed, nothing processed. */
	'dropBefore',
	/** Processed, then the connection closed without a reply. */
	'dropAfter',
	/** No reply, connection left open; not processed unless `processed`. */
	'silence',
	/** Processed, then only half of the announced body, and the connection closed. */
	'shortBody',
] as const;

export type FaultKind = (typeof FAULT_KINDS)[number];

export const NAMED_BODIES = ['empty', 'html', 'truncatedJson', 'oneMegabyte'] as const;

export type FaultBody =
	| (typeof NAMED_BODIES)[number]
	| { json: unknown }
	| { text: string; contentType: string };

export interface FaultSpec {
	kind: FaultKind;
	/** Any method unless given. */
	method?: string;
	/**
	 * Below `/v1`, e.g. `/workflowSessions/:id/complete`: `*` or `:name` matches one segment, `**`
	 * the rest.
	 */
	path?: string;
	/** Only requests with this text in their path, query or body, e.g. an ID. */
	mentions?: string;
	/** How many times to apply it; without end unless given. */
	times?: number;
	/** Only every nth matching request. */
	every?: number;
	/** Chance from 0 to 1 for each matching request. */
	probability?: number;
	/** Wait before processing, in ms; with any kind. */
	delayMs?: number;
	/** For `reply`; 500 unless given. */
	status?: number;
	/** For `reply`; the API's error body for the status unless given. */
	body?: FaultBody;
	/**
	 * For `reply`, e.g. `{ "location": "…" }`; with `delay`, they extend or override the usual ones.
	 */
	headers?: Record<string, string>;
	/** For `reply`: the `retry-after` header; a date counts from the time of the reply. */
	retryAfter?: RetryAfter;
	/** For `reply` and `silence`: let the request take effect first. */
	processed?: boolean;
	/** For `drip`: bytes per step, 16 unless given. */
	stepBytes?: number;
	/** For `drip`: ms between steps, 50 unless given. */
	stepMs?: number;
}

export interface Fault extends FaultSpec {
	id: number;
	/** How many requests matched so far, and to how many of them it was applied. */
	matched: number;
	applied: number;
}

const escapeRegExp = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

function pathPattern(path: string): RegExp {
	const segments = path.split('/').map((segment) => {
		if (segment === '**') return '.*';
		return segment === '*' || segment.startsWith(':') ? '[^/]+' : escapeRegExp(segment);
	});
	return new RegExp(`^${segments.join('/')}$`);
}

/** The active faults. When several match, the one added first is applied. */
export class Faults {
	private readonly entries: Array<{ fault: Fault; pattern: RegExp }> = [];
	private count = 0;

	/** @returns The live entry: its counters are updated with every request. */
	add(spec: FaultSpec): Fault {
		const fault: Fault = { ...spec, id: ++this.count, matched: 0, applied: 0 };
		this.entries.push({ fault, pattern: pathPattern(spec.path ?? '/**') });
		return fault;
	}

	list(): Fault[] {
		return this.entries.map(({ fault }) => fault);
	}

	clear(): void {
		this.entries.length = 0;
	}

	/**
	 * @param path Below `/v1`, without trailing slash.
	 * @param content Query and body as text.
	 * @returns The fault to apply to this request; it is counted as applied.
	 */
	take(method: string, path: string, content = ''): Fault | undefined {
		for (const { fault, pattern } of this.entries) {
			const { method: wanted = method, times = Infinity, every = 1, probability = 1 } = fault;
			if (wanted.toUpperCase() !== method || !pattern.test(path)) continue;
			if (!`${path} ${content}`.includes(fault.mentions ?? '')) continue;
			if (fault.applied >= times) continue;
			fault.matched += 1;
			if (fault.matched % every !== 0 || Math.random() >= probability) continue;
			fault.applied += 1;
			return fault;
		}
		return undefined;
	}
}

/** JSON Schema of a `FaultSpec`. */
export const faultSchema = exactObject(
	{
		kind: { enum: FAULT_KINDS },
		method: { type: 'string' },
		path: { type: 'string', pattern: '^/' },
		mentions: { type: 'string' },
		times: { type: 'integer', minimum: 1 },
		every: { type: 'integer', minimum: 1 },
		probability: { type: 'number', minimum: 0, maximum: 1 },
		delayMs: { type: 'integer', minimum: 0 },
		status: { type: 'integer', minimum: 200, maximum: 599 },
		body: {
			anyOf: [
				{ enum: NAMED_BODIES },
				exactObject({ json: {} }),
				exactObject({ text: { type: 'string' }, contentType: { type: 'string' } }),
			],
		},
		headers: { type: 'object', additionalProperties: { type: 'string' } },
		retryAfter: retryAfterSchema,
		processed: { type: 'boolean' },
		stepBytes: { type: 'integer', minimum: 1 },
		stepMs: { type: 'integer', minimum: 0 },
	} satisfies Record<keyof FaultSpec, unknown>,
	['kind'],
);
