import type { IBinaryData, IDataObject, IExecutePaginationFunctions } from 'n8n-workflow';
import { Failure } from '../transport/failure';

/** Smallest and largest file that ComplyCube takes, in bytes (API pages "Upload a live photo", "Upload image attachment"). */
const SMALLEST = 34_000;
const LARGEST = 4 * 1024 * 1024;

/** File types we know: their extension, and how their bytes begin, in hex, since a file's name may be wrong. */
const FILE_TYPES = {
	'image/jpeg': { extension: 'jpg', magicBytes: 'ffd8ff' },
	'image/png': { extension: 'png', magicBytes: '89504e47' },
	'application/pdf': { extension: 'pdf', magicBytes: '25504446' },
} as const;

type MimeType = keyof typeof FILE_TYPES;

const KNOWN_TYPES = Object.keys(FILE_TYPES) as MimeType[];

/** The type that a file's bytes tell, if it is among the given ones. */
function typeOf(bytes: Buffer, types: MimeType[]): MimeType | undefined {
	const beginning = bytes.subarray(0, 4).toString('hex');
	return types.find((type) => beginning.startsWith(FILE_TYPES[type].magicBytes));
}

/** The types as a sentence has them, e.g. "JPG, PNG or PDF". */
const inWords = (types: MimeType[], or: string) =>
	types
		.map((type) => FILE_TYPES[type].extension.toUpperCase())
		.join(', ')
		.replace(/, ([^,]*)$/, ` ${or} $1`);

/** What an upload puts into the body. */
export interface Upload {
	/** MIME types that ComplyCube takes here */
	types: MimeType[];
	/** What the file is called at ComplyCube, with `:name` places, e.g. `:documentSide`; left out where no name is wanted */
	fileName?: string;
}

/**
 * Reads an image or document from the item's binary data, checked before anything is sent.
 *
 * @param node the node's `this`, for the item at hand
 * @param types MIME types that are allowed
 * @param fileName what the file is called at ComplyCube, without extension; empty for no name
 * @returns `data` in base64 and, if it is wanted, `fileName`; or why the file cannot be sent
 */
export async function readUpload(
	node: IExecutePaginationFunctions,
	types: MimeType[],
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
	const type = typeOf(bytes, types);
	if (!type) {
		return wrong(
			`The file in '${field}' is neither ${inWords(types, 'nor')}`,
			`ComplyCube takes ${inWords(types, 'or')}. Nothing was sent.`,
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
		...(fileName && { fileName: `${fileName}.${FILE_TYPES[type].extension}` }),
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
 * @param name what to call it, without extension; ComplyCube's own name may be a person's
 * @returns the reply without `data` and with the new `fileName`, and the binary data in the field that the user named; or a
 * failure if there is no file in the reply
 */
export async function toBinary(
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
	// The bytes decide: ComplyCube's documented example of a PDF says that it is an image
	const type = typeOf(bytes, KNOWN_TYPES);
	const fileName = type ? `${name}.${FILE_TYPES[type].extension}` : name;
	const field = String(node.getNodeParameter('outputDataFieldName', 'data')) || 'data';
	const binary = await node.helpers.prepareBinaryData(bytes, fileName, type ?? json.contentType);
	return { json: { ...json, fileName }, binary: { [field]: binary } };
}
