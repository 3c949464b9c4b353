import type { INodeProperties } from 'n8n-workflow';

/** How a field that chooses an object is shown. */
export interface Locator {
	displayName: string;
	/** The parameter, e.g. `clientId` */
	name: string;
	description: string;
	/** The list search that fills the list */
	search: string;
	/** What stands in the empty list, e.g. "Select a client…" */
	placeholder: string;
	required?: boolean;
	displayOptions?: INodeProperties['displayOptions'];
	routing?: INodeProperties['routing'];
}

/**
 * A field that chooses an object from a list, or by its ID.
 *
 * @param locator how it is shown
 * @returns n8n's resource locator, required unless said otherwise
 */
export function locator({
	search,
	placeholder,
	required = true,
	...field
}: Locator): INodeProperties {
	return {
		...field,
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		required,
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder,
				typeOptions: { searchListMethod: search, searchable: true },
			},
			{
				displayName: 'By ID',
				name: 'id',
				type: 'string',
				placeholder: 'e.g. 5eb2b61e02df0a0008f1cf2a',
				validation: [
					{
						type: 'regex',
						properties: {
							regex: '^\\s*[^\\s/\\\\?#%]+\\s*$',
							errorMessage: 'An ID contains no spaces and none of the characters / \\ ? # %',
						},
					},
				],
			},
		],
	};
}

/**
 * A field for the ID of an object that cannot be picked from a list.
 *
 * @param displayName what it is called, e.g. "Address ID"
 * @param name the parameter, e.g. `addressId`
 * @param description where the ID comes from
 */
export const idField = (
	displayName: string,
	name: string,
	description: string,
): INodeProperties => ({
	displayName,
	name,
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. 5eb2b61e02df0a0008f1cf2a',
	description,
});

/** Chooses the client that something belongs to. */
export const clientLocator: Locator = {
	displayName: 'Client',
	name: 'clientId',
	description: 'Pick a client from the list, newest first, or enter the ID',
	search: 'searchClients',
	placeholder: 'Select a client…',
};
