import type { IncomingMessage, ServerResponse } from 'node:http';
import { performance } from 'node:perf_hooks';
import { fingerprint } from './auth.cts';
import type { FaultKind } from './faults.cts';
import type { Query } from './resource.cts';

/**
 * Requests that are kept; older ones are dropped, so that a long load test does not fill the
 * memory.
 */
const MAX_KEPT = 100_000;

/** How the exchange ended for the client. */
export type Ending =
	| 'answered'
	| 'cutShort'
	| 'droppedBeforeProcessing'
	| 'droppedAfterProcessing'
	| 'neverAnswered'
	| 'clientGone';

export interface RequestRecord {
	number: number;
	method: string;
	/** With `/v1`, without the query. */
	path: string;
	query: Query;
	/** As received, except that `authorization` is a fingerprint of the key. */
	headers: Record<string, unknown>;
	/** Parsed if it is JSON, else the text; undefined without a body. */
	body?: unknown;
	/** Epoch ms with fractions, from a monotonic clock. */
	arrivedAt: number;
	/** Requests being served at the time of arrival, including this one. */
	inFlight: number;
	/** The status sent; undefined when none was sent. */
	status?: number;
	ending?: Ending;
	/**
	 * Whether it changed something, even if its answer was lost; undefined when it was not processed.
	 */
	tookEffect?: boolean;
	fault?: { id: number; kind: FaultKind };
}

/** Every API request in order of arrival. */
export class RequestLog {
	readonly requests: RequestRecord[] = [];
	private readonly inFlight = new Set<RequestRecord>();
	private count = 0;

	/** Starts the record of a request, which ends with `close`, or when the client disconnects. */
	start(incoming: IncomingMessage, query: Query, response: ServerResponse): RequestRecord {
		const { authorization, ...headers } = incoming.headers;
		const record: RequestRecord = {
			number: ++this.count,
			method: incoming.method ?? '',
			path: (incoming.url ?? '').split('?')[0],
			query: { ...query },
			headers: {
				...headers,
				...(authorization && { authorization: fingerprint(authorization) }),
			},
			arrivedAt: performance.timeOrigin + performance.now(),
			inFlight: this.inFlight.size + 1,
		};
		this.inFlight.add(record);
		this.requests.push(record);
		if (this.requests.length > MAX_KEPT * 1.1)
			this.requests.splice(0, this.requests.length - MAX_KEPT);
		response.once('close', () => this.close(record, 'clientGone'));
		return record;
	}

	/** Only the first ending counts. */
	close(record: RequestRecord, ending: Ending): void {
		record.ending ??= ending;
		this.inFlight.delete(record);
	}

	clear(): void {
		this.requests.length = 0;
	}
}
