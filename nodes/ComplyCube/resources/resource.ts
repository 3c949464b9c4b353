import type { INodeProperties, INodePropertyOptions, NodeHint } from 'n8n-workflow';
import { shared, withJoinedCollections } from '../fields/mergeEqualProperties';

/** All of an operation: its entry in the list, its request, its fields. */
export interface Operation extends INodePropertyOptions {
	value: string;
	/** Shown for this operation only; what else a field depends on stands in its own `displayOptions` */
	properties: INodeProperties[];
	/** What somebody has to know before running it: that it is charged, or cannot be undone */
	hint?: string;
}

/** A kind of object of ComplyCube, and what can be done with it. */
export interface Resource {
	name: string;
	value: string;
	description: string;
	/** In alphabetical order */
	operations: Operation[];
	/** The operation that is chosen at first, if it is not Get */
	default?: string;
}

const asOption = ({
	name,
	value,
	action,
	description,
	routing,
}: Operation): INodePropertyOptions => ({
	name,
	value,
	action,
	description,
	routing,
});

function selectorOf(resource: Resource): INodeProperties {
	return {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: [resource.value] } },
		options: resource.operations.map(asOption),
		default: 'get',
		...(resource.default && { default: resource.default }),
	};
}

const shownFor =
	(resource: string, operation: string) =>
	(property: INodeProperties): INodeProperties => ({
		...property,
		displayOptions: {
			...property.displayOptions,
			show: { resource: [resource], operation: [operation], ...property.displayOptions?.show },
		},
	});

/**
 * Makes n8n's flat list of fields.
 *
 * @param resources all resources of the node
 * @returns the fields below 'Resource', each declared as seldom as can be
 */
export function propertiesOf(resources: Resource[]): INodeProperties[] {
	const selectors = resources.map(selectorOf);
	const fields = resources.flatMap(({ value, operations }) =>
		operations.flatMap((operation) => operation.properties.map(shownFor(value, operation.value))),
	);
	const pairs = resources.flatMap(({ value, operations }) =>
		operations.map((operation) => [value, operation.value] as const),
	);
	return [...selectors, ...shared(withJoinedCollections(fields, pairs), pairs)];
}

/**
 * Makes the notices that n8n shows where the output will be.
 *
 * @param resources all resources of the node
 * @returns a notice for each operation that has one
 */
export function hintsOf(resources: Resource[]): NodeHint[] {
	return resources.flatMap((resource) =>
		resource.operations
			.filter(({ hint }) => hint)
			.map(({ value, hint }) => ({
				message: hint!,
				type: 'info' as const,
				location: 'ndv' as const,
				whenToDisplay: 'beforeExecution' as const,
				displayCondition: `={{ $parameter["resource"] === "${resource.value}" && $parameter["operation"] === "${value}" }}`,
			})),
	);
}
