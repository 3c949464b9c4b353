import type { IDataObject } from 'n8n-workflow';
import type { Connection } from '../transport/connection';
import { Failure, type FailureDetails } from '../transport/failure';

/** How to find out what became of a POST whose answer never came. */
export interface Settlement {
	/** What the request does to the object, e.g. "completed" */
	pastParticiple: string;
	/** What the object is called in a sentence, e.g. "session" */
	object: string;
	/** Path of the GET that shows the object, with `:name` places */
	getPath: string;
	/** Statuses in which the request has not taken effect yet */
	notYet: string[];
	/** Statuses that something else has brought about, in which the request can no longer take effect */
	tooLate: string[];
}

/** Pauses before each GET that looks what became of a request, in ms: it may still be under way when its connection breaks. */
export const PAUSES_BEFORE_GET = [500, 1_500, 3_000];

/**
 * Reads the object after a POST ended in doubt. Sending the POST again is no way to find out: nothing documents whether
 * ComplyCube's POSTs may be repeated.
 *
 * @param connection where to
 * @param settlement how to tell
 * @param path the filled path of the GET
 * @param doubt how the POST ended
 * @param accepted whether ComplyCube accepted it without saying what became of it
 * @returns the object if the POST was accepted after all, else a failure that says where things stand; it is doubtful only if
 * even the look did not tell
 */
export async function settleDoubt(
	connection: Connection,
	{ pastParticiple, object, notYet, tooLate }: Settlement,
	path: string,
	doubt: Failure,
	accepted: boolean,
): Promise<IDataObject | Failure> {
	const failure = (message: string, details: FailureDetails, doubtful = false) =>
		new Failure(
			`${message} ${doubt.message}`,
			{ ...doubt.details, ...details },
			doubtful,
			doubt.cause,
		);
	let status: string | undefined;
	for (const pause of PAUSES_BEFORE_GET) {
		if (!(await connection.pause(pause))) {
			return failure(
				`The execution was canceled before it was known whether the ${object} was ${pastParticiple}.`,
				{ description: 'Use Get to see its status before you run this item again.' },
				true,
			);
		}
		const seen = await connection.send({ method: 'GET', path });
		if (seen instanceof Failure || typeof seen.status !== 'string') {
			status = undefined;
			break;
		}
		status = seen.status;
		if (tooLate.includes(status)) {
			return failure(`The ${object} was not ${pastParticiple}, it is '${status}'.`, {
				status,
				description: `A look at the ${object} afterwards showed its status. It can no longer be ${pastParticiple}.`,
			});
		}
		if (!notYet.includes(status)) return seen;
	}
	if (accepted || status === undefined) {
		return failure(
			`It is not known whether the ${object} was ${pastParticiple}.`,
			{
				...(status && { status }),
				description: `A look at the ${object} afterwards did not tell. Use Get to see its status before you run this item again.`,
			},
			true,
		);
	}
	return failure(`The ${object} was not ${pastParticiple}.`, {
		status,
		description: `A look at the ${object} afterwards showed that it has not been changed, so it is safe to run this item again.`,
	});
}
