import type {
	IBinaryData,
	IBinaryKeyData,
	IDataObject,
	IExecutePaginationFunctions,
	INodeExecutionData,
} from 'n8n-workflow';
import { Failure } from '../transport/failure';
import { kindOf } from '../values/kindOf';
import { isPlainObject } from '../values/plainObject';
import { plainText, quotable } from '../values/text';
import { unreadableFile, unstorableFile } from './fileStorage';
import { FILE_TYPES, MIME_TYPES, textualForm, typeOf, type MimeType } from './fileType';

/** Smallest and largest file that ComplyCube takes, in bytes (API pages "Upload a live photo", "Upload image attachment"). */
const SMALLEST = 34_000;
const LARGEST = 4 * 1024 * 1024;

/** The type of bytes of which nobody tells what they are. */
const UNKNOWN_TYPE = 'application/octet-stream';

/** Exact, because a rounded size could be the very limit. */
const inBytes = (size: number) => `${size.toLocaleString('en-US')} bytes`;

/**
 * Where n8n keeps an item's files in a workflow with the setting `binaryMode: "combined"`: in a field of its JSON, unless it
 * keeps files in memory.
 */
const COMBINED = '_files';

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

const wrongFile = (message: string, description: string) =>
	new Failure(message, { param: 'inputDataFieldName', description });

/** Where a file is, for n8n's helpers, and in a sentence. */
interface FoundFile {
	/** The name of a field, a path, or the file itself */
	place: unknown;
	/** E.g. "The file in 'data'" */
	name: string;
}

/**
 * The one file of the item that an expression such as `$binary.data` describes: where n8n keeps files in memory, the expression
 * has all of the file but its data.
 */
function fileLike(description: unknown, files: IBinaryKeyData): IBinaryData | undefined {
	if (!isPlainObject(description) || !description.mimeType) return undefined;
	const like = Object.values(files).filter((file) =>
		Object.entries(description).every(([name, value]) => file[name as keyof IBinaryData] === value),
	);
	return like.length === 1 ? like[0] : undefined;
}

/** Looks for the file that the user named, by n8n's own helper: it knows where the workflow keeps files. */
function findFile(node: IExecutePaginationFunctions): FoundFile | Failure {
	// An expression that gives nothing is named like an empty field
	const given: unknown = node.getNodeParameter('inputDataFieldName', 'data') ?? '';
	const { json, binary = {} } = node.getInputData();
	const combined = isPlainObject(json[COMBINED]) ? json[COMBINED] : {};
	const isName = typeof given === 'string' || typeof given === 'number';
	// Blanks may belong to the name, and may come from pasting it
	const names = [String(given), String(given).trim()];
	const candidates: unknown[] = isName
		? names.flatMap((name) => [name, combined[name], binary[name]])
		: [given, fileLike(given, binary)];
	const place = candidates.find((candidate) => {
		try {
			// The name of what every object has, e.g. `constructor`, leads n8n's helper to something that is no file
			const found: unknown = node.helpers.assertBinaryData(candidate as string);
			return isPlainObject(found) && 'data' in found;
		} catch {
			return false;
		}
	});
	// An expression may have given the file's content, which is no part of a sentence
	const field = quotable(given) ?? '';
	if (place) return { place, name: isName ? `The file in '${field}'` : 'The file' };
	return wrongFile(
		isName
			? `The item has no file in '${field}'`
			: `The 'Input Data Field Name' parameter is ${kindOf(given)}, not the name of a field`,
		"Enter in 'Input Data Field Name' what the field is called in the input's Binary tab.",
	);
}

const wrongSize = (name: string, { length }: Buffer) =>
	wrongFile(
		`${name} has ${inBytes(length)}`,
		`ComplyCube takes files of 34 kB (${inBytes(SMALLEST)}) to 4 MB (${inBytes(LARGEST)}). Nothing was sent for this item.`,
	);

/** Says why ComplyCube would not take a file. */
function refuse(name: string, bytes: Buffer, types: MimeType[]): Failure {
	if (bytes.length === 0) return wrongSize(name, bytes);
	const form = textualForm(bytes);
	return form
		? wrongFile(
				`${name} is ${form}, not the file itself`,
				"In Convert to File choose 'Move Base64 String to File' and give it only what follows the comma, e.g. {{ $json.image.split(',').pop() }}. Nothing was sent for this item.",
			)
		: wrongFile(
				`${name} is neither ${inWords(types, 'nor')}`,
				`ComplyCube takes ${inWords(types, 'or')}. Nothing was sent for this item.`,
			);
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
	const file = findFile(node);
	if (file instanceof Failure) return file;
	const bytes = await node.helpers
		.getBinaryDataBuffer(file.place as string)
		.catch((thrown: unknown) => unreadableFile(thrown, file.name));
	if (bytes instanceof Failure) return bytes;
	const type = typeOf(bytes, types);
	if (!type) return refuse(file.name, bytes, types);
	if (bytes.length < SMALLEST || bytes.length > LARGEST) return wrongSize(file.name, bytes);
	return {
		data: bytes.toString('base64'),
		...(fileName && { fileName: `${fileName}.${FILE_TYPES[type].extension}` }),
	};
}

/**
 * Stores a file as binary data, in the field that the user named.
 *
 * @param node the node's `this`, for the item at hand
 * @param json what is known of the file besides
 * @param bytes the file
 * @param name what to call it, without extension
 * @returns the JSON with the new `fileName`, and the binary data; or a failure if n8n cannot store it
 */
export async function storeFile(
	node: IExecutePaginationFunctions,
	json: IDataObject,
	bytes: Buffer,
	name: string,
): Promise<INodeExecutionData | Failure> {
	// The bytes decide: ComplyCube's documented example of a PDF says that it is an image
	const type = typeOf(bytes, MIME_TYPES);
	const fileName = type ? `${name}.${FILE_TYPES[type].extension}` : name;
	const field = plainText(node.getNodeParameter('outputDataFieldName', 'data')) ?? 'data';
	const told = typeof json.contentType === 'string' ? json.contentType : UNKNOWN_TYPE;
	const binary = await node.helpers
		.prepareBinaryData(bytes, fileName, type ?? told)
		.catch(unstorableFile);
	if (binary instanceof Failure) return binary;
	return { json: { ...json, fileName }, binary: { [field]: binary } };
}

/**
 * Turns a file in ComplyCube's reply into binary data.
 *
 * @param node the node's `this`, for the item at hand
 * @param reply with the file's `data` in base64 and its `contentType` (API pages "Reports", "Download live photo")
 * @param name what to call it, without extension; ComplyCube's own name may be a person's
 * @returns the reply without `data` and with the new `fileName`, and the binary data in the field that the user named; or a
 * failure if there is no file in the reply, or n8n cannot store it
 */
export async function toBinary(
	node: IExecutePaginationFunctions,
	reply: IDataObject,
	name: string,
): Promise<INodeExecutionData | Failure> {
	const { data, ...json } = reply;
	if (typeof data !== 'string' || data === '') {
		return new Failure("There was no file in ComplyCube's answer", {
			description: 'It may have been redacted or deleted: look at the object in the Web Portal.',
		});
	}
	return await storeFile(node, json, Buffer.from(data, 'base64'), name);
}
