import type {
	IBinaryKeyData,
	IDataObject,
	IExecutePaginationFunctions,
	INodeExecutionData,
} from 'n8n-workflow';
import { Failure } from '../transport/failure';
import { isPlainObject } from '../values/plainObject';
import { unstorableImage } from './fileStorage';
import { FILE_TYPES, typeOf, type MimeType } from './fileType';

/** In characters: no image is so small, and short texts are not worth decoding. */
const SHORTEST = 80;

const DATA_URL = /^data:[\w./+-]+(;[\w=-]+)*,/i;

interface Image {
	/** The field of the binary data */
	field: string;
	bytes: Buffer;
	type: MimeType;
}

function imageIn(text: string): Omit<Image, 'field'> | undefined {
	if (text.length < SHORTEST) return undefined;
	const bytes = Buffer.from(text.replace(DATA_URL, ''), 'base64');
	const type = typeOf(bytes, ['image/jpeg', 'image/png']);
	return type && { bytes, type };
}

/** A name for the image at a place, e.g. `images_0_face`, that no other one has. */
function fieldFor(place: string[], images: Image[]): string {
	const name = place.join('_').replace(/\W+/g, '_');
	const isTaken = (candidate: string) => images.some(({ field }) => field === candidate);
	let field = name;
	for (let count = 2; isTaken(field); count++) field = `${name}_${count}`;
	return field;
}

/** Copies a value, with the name of its field in place of each image. */
function withoutImages(value: unknown, place: string[], images: Image[]): unknown {
	if (Array.isArray(value)) {
		return value.map((entry, index) => withoutImages(entry, [...place, `${index}`], images));
	}
	if (isPlainObject(value)) {
		return Object.fromEntries(
			Object.entries(value).map(([name, inner]) => [
				name,
				withoutImages(inner, [...place, name], images),
			]),
		);
	}
	const image = typeof value === 'string' ? imageIn(value) : undefined;
	if (!image) return value;
	const field = fieldFor(place, images);
	images.push({ field, ...image });
	return field;
}

/**
 * Makes the output item of a reply that may hold images in base64, as pure base64 or as data URLs: they become binary data.
 *
 * @param node the node's `this`, for the item at hand
 * @param reply as ComplyCube sent it
 * @returns the reply as it is, but for each image the name of the binary data's field in its place; or a failure if n8n cannot
 * store an image
 */
export async function withImagesAsFiles(
	node: IExecutePaginationFunctions,
	reply: IDataObject,
): Promise<INodeExecutionData[] | Failure> {
	const images: Image[] = [];
	const json = withoutImages(reply, [], images) as IDataObject;
	const binary: IBinaryKeyData = {};
	for (const { field, bytes, type } of images) {
		const fileName = `${field}.${FILE_TYPES[type].extension}`;
		const stored = await node.helpers
			.prepareBinaryData(bytes, fileName, type)
			.catch(unstorableImage);
		if (stored instanceof Failure) return stored;
		binary[field] = stored;
	}
	return [{ json, ...(images.length > 0 && { binary }) }];
}
