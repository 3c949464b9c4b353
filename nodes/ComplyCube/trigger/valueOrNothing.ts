/**
 * Reads a parameter. An expression that fails gives nothing: for an error n8n would answer 500, and ComplyCube would repeat the event in vain.
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
