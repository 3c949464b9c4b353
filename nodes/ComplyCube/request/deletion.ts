import type { IDataObject } from 'n8n-workflow';
import type { Connection } from './connection';
import { Failure, isMissing } from './failure';

/** How to find out what became of a DELETE whose answer never came. */
export interface Deletion {
	/** What the object is called in a sentence, e.g. "client" */
	object: string;
	/** Path of the GET that shows the object, with `:name` places; what has no GET of its own is not looked for */
	look?: string;
}

/**
 * Looks for the object after a DELETE ended in doubt.
 *
 * @param connection where to
 * @param deletion what was to be deleted
 * @param path the filled path of the look
 * @param doubt how the DELETE ended
 * @returns an empty reply, as a DELETE gives, if the object is gone; else a failure that says where things stand
 */
export async function settleDeletion(
	connection: Connection,
	{ object }: Deletion,
	path: string,
	doubt: Failure,
): Promise<IDataObject | Failure> {
	const seen = path ? await connection.send({ method: 'GET', path }) : doubt;
	if (isMissing(seen)) return {};
	const isThere = !(seen instanceof Failure);
	return new Failure(
		isThere
			? `The ${object} was not deleted. ${doubt.message}`
			: `It is not known whether the ${object} was deleted. ${doubt.message}`,
		{
			...doubt.details,
			description: isThere
				? `A look at the ${object} afterwards showed that it is still there, so it is safe to run this item again.`
				: 'It is safe to run this item again: if it is gone already, ComplyCube says that it does not know it.',
		},
		false,
		doubt.cause,
	);
}
