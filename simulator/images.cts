import type { Settings } from './settings.cts';
import { refuse } from './validation.cts';

interface Format {
	/** Spelled as in the documentation's examples. */
	contentType: string;
	extensions: string[];
	/** First bytes, in hex. */
	magicBytes: string;
}

const JPG: Format = { contentType: 'image/jpg', extensions: ['jpg', 'jpeg'], magicBytes: 'ffd8ff' };
const PNG: Format = { contentType: 'image/png', extensions: ['png'], magicBytes: '89504e47' };
const PDF: Format = { contentType: 'application/pdf', extensions: ['pdf'], magicBytes: '25504446' };

export const DOCUMENT_FORMATS = [JPG, PNG, PDF];
export const PHOTO_FORMATS = [JPG, PNG];

/** @returns The format that a file name stands for; undefined when it is not a known one. */
export const formatByName = (fileName: string): Format | undefined =>
	DOCUMENT_FORMATS.find(({ extensions }) =>
		extensions.some((extension) => fileName.toLowerCase().endsWith(`.${extension}`)),
	);

/**
 * @returns The format that the first bytes of base64 `data` show; undefined when it is not a known
 * one.
 */
export function formatByContent(data: string): Format | undefined {
	const firstBytes = Buffer.from(data.slice(0, 16), 'base64').toString('hex');
	return DOCUMENT_FORMATS.find((format) => firstBytes.startsWith(format.magicBytes));
}

/**
 * @param data Base64 of an uploaded file.
 * @returns Its size in bytes.
 * @throws {Refusal} When it is not base64, too small or too large.
 */
export function imageSize(data: string, { imageBytes: { min, max } }: Settings): number {
	// Not one pattern for the whole text: on a long file it would overflow the stack.
	const foreign = data
		.trim()
		.replace(/=$/, '')
		.replace(/=$/, '')
		.search(/[^\w+/\s-]/);
	if (data.trim() === '' || foreign >= 0) refuse("'data' should be base64", 'data');
	const size = Buffer.from(data, 'base64').length;
	if (size < min || size > max) refuse('Image file size should be between 34KB and 4MB', 'data');
	return size;
}
