const MAGIC_BYTES = {
	jpg: 'ffd8ffe0',
	png: '89504e470d0a1a0a',
	pdf: '255044462d312e37',
	txt: '74657874',
};

/**
 * @param kind The format that its first bytes show; the rest are zeros.
 * @param size In bytes; by default the smallest size that the documentation allows.
 * @returns Base64 of a file that passes for an image.
 */
export const sampleImage = (kind: keyof typeof MAGIC_BYTES, size = 34 * 1024): string =>
	Buffer.concat([Buffer.from(MAGIC_BYTES[kind], 'hex'), Buffer.alloc(size)])
		.subarray(0, size)
		.toString('base64');
