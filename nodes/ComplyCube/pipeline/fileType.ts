/** File types we know: their extension, and how their bytes begin, in hex, since a file's name may be wrong. */
export const FILE_TYPES = {
	'image/jpeg': { extension: 'jpg', magicBytes: 'ffd8ff' },
	'image/png': { extension: 'png', magicBytes: '89504e47' },
	'application/pdf': { extension: 'pdf', magicBytes: '25504446' },
} as const;

export type MimeType = keyof typeof FILE_TYPES;

export const MIME_TYPES = Object.keys(FILE_TYPES) as MimeType[];

/** Readers of PDFs look for its beginning in as many bytes: a byte order mark or a line break may stand before it. */
const PDF_HEAD = 1024;

/**
 * The type that a file's bytes tell, if it is among the given ones.
 *
 * @param bytes the whole file
 * @param types the types to tell apart
 */
export function typeOf(bytes: Buffer, types: MimeType[]): MimeType | undefined {
	return types.find((type) => {
		const magicBytes = Buffer.from(FILE_TYPES[type].magicBytes, 'hex');
		const place = bytes.subarray(0, PDF_HEAD).indexOf(magicBytes);
		return type === 'application/pdf' ? place >= 0 : place === 0;
	});
}

const DATA_URL = /^\s*data:[\w./+-]+(;[\w=-]+)*,/;

/** JPG, PNG and PDF in base64. */
const BASE64 = /^\s*(\/9j\/|iVBORw0KGgo|JVBERi0)/;

/** A data URL as n8n's Convert to File decodes it, which takes all of it for base64. */
const DECODED_DATA_URL = /^data(image|application)\//;

/**
 * Says what a file is that somebody made of a text with a file in it, rather than of the file.
 *
 * @param bytes the whole file
 * @returns e.g. "a data URL"; undefined if it is nothing of the kind
 */
export function textualForm(bytes: Buffer): string | undefined {
	const head = bytes.subarray(0, 100);
	const text = head.toString('utf8').replace(/^\uFEFF/, '');
	if (DATA_URL.test(text)) return "a data URL, a text that begins with 'data:'";
	if (BASE64.test(text)) return 'a text in base64';
	return DECODED_DATA_URL.test(head.toString('base64'))
		? "a data URL, decoded with its 'data:' part"
		: undefined;
}
