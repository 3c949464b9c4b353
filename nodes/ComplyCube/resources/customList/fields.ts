import type { Locator } from '../../fields/locator';

/** The path of one list (API page "Get a custom list"). */
export const CUSTOM_LIST_PATH = '/customLists/:customListId';

/** The field that chooses the list. */
export const customListLocator: Locator = {
	displayName: 'Custom List',
	name: 'customListId',
	search: 'searchCustomLists',
	placeholder: 'Select a custom list…',
};
