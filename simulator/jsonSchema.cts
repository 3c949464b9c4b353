/**
 * @param required Names of the properties that must be there; all of them unless given.
 * @returns JSON Schema of an object that has these properties and no others.
 */
export const exactObject = (
	properties: Record<string, unknown>,
	required = Object.keys(properties),
) => ({ type: 'object', properties, required, additionalProperties: false });
