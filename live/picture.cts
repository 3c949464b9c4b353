import { randomBytes } from 'node:crypto';
import { crc32, deflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');

/** In pixels; noise of this size is about 120 kB, and ComplyCube wants 34 kB at least. */
const SIDE = 200;

function chunk(type: string, data: Buffer): Buffer {
	const content = Buffer.concat([Buffer.from(type, 'latin1'), data]);
	const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)];
	length.writeUInt32BE(data.length);
	checksum.writeUInt32BE(crc32(content));
	return Buffer.concat([length, content, checksum]);
}

/**
 * Draws a picture of nobody and nothing: coloured noise.
 *
 * @returns A PNG in Base64
 */
export function drawPicture(): string {
	const header = Buffer.alloc(13);
	header.writeUInt32BE(SIDE, 0);
	header.writeUInt32BE(SIDE, 4);
	// 8 bits for each of red, green and blue
	header.set([8, 2], 8);
	const row = () => Buffer.concat([Buffer.alloc(1), randomBytes(3 * SIDE)]);
	const rows = Buffer.concat(Array.from({ length: SIDE }, row));
	return Buffer.concat([
		SIGNATURE,
		chunk('IHDR', header),
		chunk('IDAT', deflateSync(rows)),
		chunk('IEND', Buffer.alloc(0)),
	]).toString('base64');
}
