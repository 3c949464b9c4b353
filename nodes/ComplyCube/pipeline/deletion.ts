import type { IDataObject } from 'n8n-workflow';
import type { Connection } from '../transport/connection';
import { Failure, isMissing } from '../transport/failure';
import { PAUSES_BEFORE_GET } from './settlement';

/** What a DELETE is about, and how to find out what became of it if its answer never comes. */
export interface DeletedObject {
	/** What the object is called in a sentence, e.g. "client" */
	object: string;
	/** Path of the GET that shows the object, with `:name` places; what has no GET of its own is not looked for */
	getPath?: string;
}

/**
 * Looks for the object after a DELETE ended in doubt.
 *
 * @param connection where to
 * @param deleted what was to be deleted
 * @param path the filled path of the GET
 * @param doubt how the DELETE ended
 * @returns an empty reply, as a DELETE gives, if the object is gone; else a failure that says where things stand. It is doubtful
 * only if even the look did not tell
 */
export async function settleDeletion(
	connection: Connection,
	{ object }: DeletedObject,
	path: string,
	doubt: Failure,
): Promise<IDataObject | Failure> {
	let seen: IDataObject | Failure = doubt;
	for (const pause of path ? PAUSES_BEFORE_GET : []) {
		if (!(await connection.pause(pause))) break;
		seen = await connection.send({ method: 'GET', path });
		if (isMissing(seen)) return {};
		if (seen instanceof Failure) break;
	}
	const isThere = !(seen instanceof Failure);
	return new Failure(
		isThere
			? `The ${object} was not deleted. ${doubt.message}`
			: `It is not known whether the ${object} was deleted. ${doubt.message}`,
		{
			...doubt.details,
			description: isThere
				? `It was still there a few seconds later. It is safe to run this item again.`
				: 'It is safe to run this item again: if it is gone already, ComplyCube says that it does not know it.',
		},
		!isThere,
		doubt.cause,
	);
}
