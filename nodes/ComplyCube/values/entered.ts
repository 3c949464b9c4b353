import { isPlainObject } from './plainObject';

/**
 * What was entered into a field; one that chooses an object keeps it with how it was chosen.
 *
 * @param field the field's value as n8n stores it
 */
export const enteredIn = (field: unknown): unknown =>
	isPlainObject(field) && 'mode' in field ? field.value : field;
