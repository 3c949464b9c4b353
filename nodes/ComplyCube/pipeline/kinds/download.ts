import { Failure } from '../../transport/failure';
import { allOrFirstFailure } from '../allOrFirstFailure';
import { toBinary } from '../attachment';
import { withId } from '../output';
import type { Item, Send } from '../request';

/** Reads a file: the reply's `data` becomes binary data. */
export interface DownloadPlan {
	kind: 'download';
	/** The parameter with the object's ID, where the reply leaves the ID out */
	idFrom?: string;
	/** Parameters with an ID that goes into the query under the same name, and without which nothing is sent */
	requiredIds?: string[];
	/** What the file is called, with `:name` places and without extension, e.g. `report/client/:clientId` */
	fileName: string;
}

/**
 * Prepares reading a file.
 *
 * @param item the input item and its request
 * @param plan the operation's plan
 * @returns what sends the request, or why the item cannot be carried out
 */
export function prepareDownload(
	{ node, parameters, request }: Item,
	plan: DownloadPlan,
): Send | Failure {
	const values = allOrFirstFailure({
		fileName: parameters.path(plan.fileName),
		id: parameters.trimmedId(plan.idFrom),
	});
	if (values instanceof Failure) return values;
	const fileName = values.fileName.replaceAll('/', '-');
	return async (connection) => {
		const reply = await connection.send(request);
		if (reply instanceof Failure) return reply;
		const item = await toBinary(node, withId(reply, values.id), fileName);
		return item instanceof Failure ? item : [item];
	};
}
