/**
 * Decodes n8n's "flatted" execution data: a JSON array whose first element is the root and in which
 * every string, object and array inside another one is replaced by its position in the array,
 * written as a string. That way shared and circular references survive.
 *
 * @param text `data` of an execution, as in the REST API's answer and in the database
 * @returns The value that was encoded
 */
export function parseFlatted(text: string): unknown {
	const table = JSON.parse(text) as unknown[];
	const revived = new Map<number, unknown>();

	const revive = (position: number): unknown => {
		const value = table[position];
		if (typeof value !== 'object' || value === null) return value;
		if (revived.has(position)) return revived.get(position);
		const copy: Record<string, unknown> | unknown[] = Array.isArray(value) ? [] : {};
		revived.set(position, copy);
		for (const [key, inner] of Object.entries(value)) {
			(copy as Record<string, unknown>)[key] =
				typeof inner === 'string' ? revive(Number(inner)) : inner;
		}
		return copy;
	};

	return revive(0);
}
