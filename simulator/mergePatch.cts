type Fields = Record<string, unknown>;

/** @returns Whether it is a JSON object. */
export const isObject = (value: unknown): value is Fields =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Applies a JSON merge patch (RFC 7396). The PHP client's tests show that the API updates nested
 * objects this way.
 *
 * @param target Not modified.
 * @param patch `null` removes a field, objects are merged, everything else replaces.
 * @returns The patched copy.
 */
export function mergePatch(target: unknown, patch: unknown): unknown {
	if (!isObject(patch)) return patch;
	const merged: Fields = isObject(target) ? { ...target } : {};
	for (const [name, value] of Object.entries(patch)) {
		if (value === null) delete merged[name];
		else merged[name] = mergePatch(merged[name], value);
	}
	return merged;
}
