/**
 * Parses JSON that a field gives as a text and an expression may give as the value itself.
 *
 * @param value the parameter's value
 * @returns the parsed text, any other value as it is; undefined for a text that is no JSON
 */
export function parsedJson(value: unknown): unknown {
	if (typeof value !== 'string') return value;
	try {
		return JSON.parse(value);
	} catch {
		return undefined;
	}
}
