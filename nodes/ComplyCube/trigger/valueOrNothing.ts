/**
 * Reads a parameter. An expression that fails gives nothing: an error would be answered 500, and the event come again in vain.
 *
 * @param read reads it; n8n throws what the expression throws
 */
export function valueOrNothing(read: () => unknown): unknown {
	try {
		return read();
	} catch {
		return undefined;
	}
}
