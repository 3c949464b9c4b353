import type { IDataObject } from 'n8n-workflow';
import type { ApiRequest, Connection } from '../transport/connection';
import { Failure } from '../transport/failure';
import { readPages } from '../transport/pages';

/** How far to look at once for what ComplyCube did not filter, in objects, and how much further each time. */
const FIRST_REACH = 1_000;
const GROWTH = 4;

/**
 * Reads those objects of a list that are wanted, also where ComplyCube does not filter it as asked. A list that it does filter is
 * read as any other.
 *
 * @param connection where to
 * @param request the list's request, without `page` and `pageSize`
 * @param limit most objects to return; Infinity for all
 * @param isWanted tells which
 * @returns the objects, or why the list could not be read
 */
export async function readWanted(
	connection: Connection,
	request: ApiRequest,
	limit: number,
	isWanted: (object: IDataObject) => boolean,
): Promise<IDataObject[] | Failure> {
	for (let reach = limit; ; reach = Math.max(FIRST_REACH, reach * GROWTH)) {
		const objects = await readPages(connection, request, reach);
		if (objects instanceof Failure) return objects;
		const wanted = objects.filter(isWanted);
		if (wanted.length >= limit || objects.length < reach) return wanted.slice(0, limit);
	}
}
