import type { IDataObject, IExecutePaginationFunctions, INodeExecutionData } from 'n8n-workflow';
import type { FileConnection } from '../../transport/connection';
import { Failure } from '../../transport/failure';
import { allOrFirstFailure } from '../allOrFirstFailure';
import { storeFile, toBinary } from '../attachment';
import { typeOf } from '../fileType';
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
	/** The reply's `data` may be a link to a PDF instead of the file itself */
	mayBeLink?: true;
}

const isLink = (data: unknown): data is string =>
	typeof data === 'string' && /^\s*https?:\/\//i.test(data);

const NO_PDF = new Failure("What ComplyCube's link leads to is not a PDF file", {
	description:
		'A proxy may have answered in its place. Nothing was changed at ComplyCube: run this item again, or download the report in the Web Portal.',
});

/** Fetches the PDF that a reply links to. */
async function fetchPdf(
	node: IExecutePaginationFunctions,
	connection: FileConnection,
	{ data, ...json }: IDataObject,
	fileName: string,
): Promise<INodeExecutionData | Failure> {
	const bytes = await connection.fetchFile(String(data).trim());
	if (bytes instanceof Failure) return bytes;
	const contentType = typeOf(bytes, ['application/pdf']);
	return contentType ? await storeFile(node, { ...json, contentType }, bytes, fileName) : NO_PDF;
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
		const item =
			plan.mayBeLink && isLink(reply.data)
				? await fetchPdf(node, connection, reply, fileName)
				: await toBinary(node, withId(reply, values.id), fileName);
		return item instanceof Failure ? item : [item];
	};
}
