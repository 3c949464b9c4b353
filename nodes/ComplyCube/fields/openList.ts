import type { INodeProperties } from 'n8n-workflow';
import { withoutPreset } from './withoutPreset';

/** Read by `pipeline/sentFields.ts`; n8n does not know it. */
export const OPEN = { isOpen: true };

/**
 * Makes a list that ComplyCube may extend at any time: nothing is chosen at first, and an expression may give a value that is not
 * listed.
 *
 * @param field a field of type `options` whose default is empty
 */
export const openList = (field: INodeProperties & { default: '' }): INodeProperties => ({
	...withoutPreset(field),
	typeOptions: OPEN,
});
