import type { IBinaryData, IDataObject, IExecutePaginationFunctions } from 'n8n-workflow';
import { Failure } from '../transport/failure';

/** Smallest and largest image that ComplyCube takes, in bytes (API pages "Upload a live photo", "Upload image attachment"). */
const SMALLEST = 34_000;
const LARGEST = 4 * 1024 * 1024;

/** File types by what a file of that type is called; the first ending is the one that is used. */
const ENDINGS: Record<string, string[]> = {
	'image/jpeg': ['jpg', 'jpeg'],
	'image/png': ['png'],
	'application/pdf': ['pdf'],
};

/** How the bytes of a file of that type begin, in hex: what a file is called may be wrong. */
const BEGINNINGS: Record<string, string> = {
	'image/jpeg': 'ffd8ff',
	'image/png': '89504e47',
	'application/pdf': '25504446',
};

const inWords = (types: string[]) =>
	types
		.map((type) => ENDINGS[type][0].toUpperCase())
		.join(', ')
		.replace(/, ([^,]*)$/, ' or $1');

/** What an upload puts into the body. */
export interface Upload {
	/** MIME types that ComplyCube takes here */
	types: string[];
	/** What the file is called at ComplyCube, with `:name` places, e.g. `:documentSide`; left out where no name is wanted */
	fileName?: string;
}

/**
 * Reads an image or document from the item's binary data, checked before anything is sent.
 *
 * @param node the node's `this`, for the item at hand
 * @param types MIME types that are allowed
 * @param fileName what the file is called at ComplyCube, without ending; empty for no name
 * @returns `data` in base64 and, if it is wanted, `fileName`; or why the file cannot be sent
 */
export async function uploaded(
	node: IExecutePaginationFunctions,
	types: string[],
	fileName: string,
): Promise<IDataObject | Failure> {
	const field = String(node.getNodeParameter('inputDataFieldName', 'data'));
	const wrong = (message: string, description: string) =>
		new Failure(message, { param: 'inputDataFieldName', description });
	if (!node.getInputData().binary?.[field]) {
		return wrong(
			`The item has no file in '${field}'`,
			"Enter in 'Input Data Field Name' what the field is called in the input's Binary tab.",
		);
	}
	const bytes = await node.helpers.getBinaryDataBuffer(field);
	const beginning = bytes.subarray(0, 4).toString('hex');
	const type = types.find((name) => beginning.startsWith(BEGINNINGS[name]));
	if (!type) {
		return wrong(
			`The file in '${field}' is neither ${inWords(types).replace(' or ', ' nor ')}`,
			`ComplyCube takes ${inWords(types)}. Nothing was sent.`,
		);
	}
	if (bytes.length < SMALLEST || bytes.length > LARGEST) {
		return wrong(
			`The file in '${field}' has ${Math.ceil(bytes.length / 1000)} kB`,
			'ComplyCube takes files of 34 kB to 4 MB. Nothing was sent.',
		);
	}
	return {
		data: bytes.toString('base64'),
		...(fileName && { fileName: `${fileName}.${ENDINGS[type][0]}` }),
	};
}

/** A file in ComplyCube's reply (API pages "Reports", "Download live photo"). */
interface FileReply extends IDataObject {
	contentType?: string;
	data?: string;
}

/**
 * Turns a file in ComplyCube's reply into binary data.
 *
 * @param node the node's `this`, for the item at hand
 * @param reply with the file's `data` in base64
 * @param name what to call it, without ending. ComplyCube's own name may be a client's
 * @returns the reply without `data` and with the new `fileName`, and the binary data in the field that the user named; or a
 * failure if there is no file in the reply
 */
export async function downloaded(
	node: IExecutePaginationFunctions,
	reply: IDataObject,
	name: string,
): Promise<{ json: IDataObject; binary: Record<string, IBinaryData> } | Failure> {
	const { data, ...json } = reply as FileReply;
	if (typeof data !== 'string' || data === '') {
		return new Failure("There was no file in ComplyCube's answer", {
			description: 'It may have been redacted or deleted: look at the object in the Web Portal.',
		});
	}
	const bytes = Buffer.from(data, 'base64');
	const beginning = bytes.subarray(0, 4).toString('hex');
	// What the bytes say counts: the documented example of a PDF says that it is an image
	const type = Object.keys(BEGINNINGS).find((mime) => beginning.startsWith(BEGINNINGS[mime]));
	const fileName = type ? `${name}.${ENDINGS[type][0]}` : name;
	const field = String(node.getNodeParameter('outputDataFieldName', 'data')) || 'data';
	const binary = await node.helpers.prepareBinaryData(bytes, fileName, type ?? json.contentType);
	return { json: { ...json, fileName }, binary: { [field]: binary } };
}
