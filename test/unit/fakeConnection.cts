import type { IDataObject } from 'n8n-workflow';
import type { ApiRequest, FileConnection } from '../../nodes/ComplyCube/transport/connection';
import type { Failure } from '../../nodes/ComplyCube/transport/failure';

type Reply = IDataObject | Failure;

/** A connection without a network, which notes what is asked of it. */
export interface FakeConnection extends FileConnection {
	/** Every request, in order */
	requests: ApiRequest[];
	/** Every pause, in ms, in order */
	pauses: number[];
}

/** What a fake connection does other than answer. */
interface Behaviour {
	/** Runs at each pause; false means that the execution was cancelled meanwhile */
	onPause?: (ms: number) => boolean | void;
}

/**
 * Makes a connection that answers from a list (the last reply for ever) or by a function.
 *
 * @param replies what to answer
 * @param behaviour what else to do
 */
export function fakeConnection(
	replies: Reply[] | ((request: ApiRequest, count: number) => Reply),
	{ onPause }: Behaviour = {},
): FakeConnection {
	const requests: ApiRequest[] = [];
	const pauses: number[] = [];
	return {
		requests,
		pauses,
		send: async (request) => {
			// A copy, because what counts is the request as it was when it was sent
			const count = requests.push(structuredClone(request));
			if (count > 1_000) throw new Error('A loop without an end');
			return typeof replies === 'function'
				? replies(request, count)
				: replies[Math.min(count, replies.length) - 1];
		},
		pause: async (ms) => {
			pauses.push(ms);
			return onPause?.(ms) !== false;
		},
		fetchFile: async () => {
			throw new Error('No file is expected to be fetched');
		},
	};
}
