import type { INodeProperties } from 'n8n-workflow';

/** How a field that chooses an object is shown. */
export interface Locator {
	displayName: string;
	/** The parameter, e.g. `clientId` */
	name: string;
	description?: string;
	/** The list search that fills the list */
	search: string;
	/** What stands in the empty list, e.g. "Select a client…" */
	placeholder: string;
	required?: boolean;
	/** Whether several IDs can be entered, separated by commas */
	takesSeveral?: boolean;
	displayOptions?: INodeProperties['displayOptions'];
	routing?: INodeProperties['routing'];
}

const ONE_ID = {
	placeholder: 'e.g. 5eb2b61e02df0a0008f1cf2a',
	validation: [
		{
			type: 'regex',
			properties: {
				regex: '^\\s*[^\\s/\\\\?#%]+\\s*$',
				errorMessage: 'An ID has no spaces, /, \\, ?, # or %',
			},
		},
	],
};

/** For models, which write workflows without seeing the list. An ID that may be left out is not worth the words. */
const BY_EXPRESSION = { propertyHint: "From an expression: mode 'id'. Never invent an ID" };

const SEVERAL_IDS = { placeholder: 'e.g. 68566be2a37a78622f4f7be3, 688f1e2837d2a9000202ad01' };

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
	takesSeveral = false,
	...field
}: Locator): INodeProperties {
	return {
		...field,
		type: 'resourceLocator',
		...(required && { required, builderHint: BY_EXPRESSION }),
		default: { mode: 'list', value: '' },
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
				...(takesSeveral ? SEVERAL_IDS : ONE_ID),
			},
		],
	};
}

/** Marks a text field whose value is an ID. Read by `pipeline/sentFields.ts`; n8n does not know it. */
export const AN_ID = { isId: true };

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

/**
 * A filter by the ID of an object that cannot be picked from a list.
 *
 * @param displayName what it is called, e.g. "Document ID"
 * @param name the parameter, e.g. `documentId`
 * @param example an ID of such an object
 * @param routing where the ID goes in the query
 */
export const idFilter = (
	displayName: string,
	name: string,
	example: string,
	routing: INodeProperties['routing'],
): INodeProperties => ({
	displayName,
	name,
	type: 'string',
	typeOptions: AN_ID,
	default: '',
	placeholder: `e.g. ${example}`,
	routing,
});

/** Chooses the client that something belongs to. */
export const clientLocator: Locator = {
	displayName: 'Client',
	name: 'clientId',
	search: 'searchClients',
	placeholder: 'Select a client…',
};

/**
 * A filter by client.
 *
 * @param routing where the ID goes in the query
 */
export const clientFilter = (routing: INodeProperties['routing']): INodeProperties =>
	locator({ ...clientLocator, required: false, routing });

/** Chooses a workflow template. ComplyCube lists none (API page "Workflow Sessions"), so these are the ones of past sessions. */
export const templateLocator: Omit<Locator, 'name'> = {
	displayName: 'Workflow Template',
	search: 'searchWorkflowTemplates',
	placeholder: 'Select a workflow template…',
};
