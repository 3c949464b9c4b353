import {
	updateDisplayOptions,
	type IDataObject,
	type ILoadOptionsFunctions,
	type INodeProperties,
	type INodePropertyOptions,
	type NodeHint,
} from 'n8n-workflow';
import { mergeEqualProperties } from '../fields/mergeEqualProperties';
import { emptyBatchingHint, requestOptionsFields } from '../fields/requestOptions';
import type { DeletePlan } from '../pipeline/kinds/delete';
import { pipeline, refusal } from '../pipeline/pipeline';
import { isChanging, type GetPlan, type PostPlan } from '../pipeline/plan';
import { unknownChoice } from '../pipeline/unknownChoice';

/** How an operation is shown. */
interface Presentation {
	name: string;
	value: string;
	/** What the operation does and what it costs, in a few words: all that an AI agent reads of it */
	action: string;
	description: string;
	/** Shown for this operation only; what else a field depends on stands in its own `displayOptions` */
	fields: INodeProperties[];
	/** What 'Fields' offers, if there is an 'Output': what the object can have beside its ID, the most useful first */
	outputFields?: INodePropertyOptions[];
	/** What somebody has to know before running it, e.g. that it is charged, or cannot be undone */
	hint?: string;
}

/** The request of an operation; `:name` in the path is filled from the parameter of that name. */
interface Request<Method> {
	method: Method;
	/** Below the base URL, e.g. `/clients/:clientId` */
	path: string;
}

interface Reading {
	request: Request<'GET'>;
	plan: GetPlan;
}

interface Posting {
	request: Request<'POST'> & {
		/** What is sent besides the fields */
		body?: IDataObject;
	};
	plan: PostPlan;
}

interface Deleting {
	request: Request<'DELETE'>;
	plan: DeletePlan;
}

/** All of an operation: how it is shown, its request, and what the pipeline does beyond sending that. */
export type Operation = Presentation & (Reading | Posting | Deleting);

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

/** How n8n's declarative engine runs an operation. */
const routingOf = ({ request: { path, ...request }, plan, fields, outputFields }: Operation) => ({
	request: { ...request, url: path },
	operations: { pagination: pipeline(plan, fields, outputFields) },
});

/**
 * Makes the routing of 'Resource': every request goes through the pipeline of its operation. Where n8n finds no operation, it
 * would send a request without an address, so the item is refused in words.
 *
 * @param resources all resources of the node
 */
export const routingOfResource = (resources: Resource[]) => ({
	send: { paginate: true },
	operations: { pagination: refusal((node) => unknownChoice(node, resources)) },
});

const asOption = (operation: Operation): INodePropertyOptions => ({
	name: operation.name,
	value: operation.value,
	action: operation.action,
	description: operation.description,
	routing: routingOf(operation),
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

/**
 * Makes n8n's flat list of fields.
 *
 * @param resources all resources of the node
 * @returns the fields below 'Resource', each declared as seldom as can be
 */
export function propertiesOf(resources: Resource[]): INodeProperties[] {
	const selectors = resources.map(selectorOf);
	const fields = resources.flatMap(({ value, operations }) =>
		operations.flatMap((operation) =>
			updateDisplayOptions(
				{ show: { resource: [value], operation: [operation.value] } },
				operation.fields,
			),
		),
	);
	const pairs = resources.flatMap(({ value, operations }) =>
		operations.map((operation) => [value, operation.value] as const),
	);
	const merged = mergeEqualProperties(fields, pairs);
	return [...selectors, ...merged, ...requestOptionsFields];
}

/**
 * Makes the function that fills 'Fields'. Written into one field for each operation, the same parameter would be declared
 * eight times, which every item would pay for.
 *
 * @param resources all resources of the node
 * @returns n8n's load options, without a request
 */
export const outputFieldsOf = (resources: Resource[]) =>
	async function (this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
		const [resource, operation] = ['resource', 'operation'].map((name) =>
			this.getCurrentNodeParameter(name),
		);
		const { operations = [] } = resources.find(({ value }) => value === resource) ?? {};
		return operations.find(({ value }) => value === operation)?.outputFields ?? [];
	};

/** For operations that change something. */
const IN_ORDER =
	"With On Error 'Stop Workflow', items are sent one at a time, and none after a failure.";

/**
 * Makes the notices that n8n shows in the node's panel before it runs.
 *
 * @param resources all resources of the node
 * @returns one notice for each operation that has a hint, and one about Request Options
 */
export function hintsOf(resources: Resource[]): NodeHint[] {
	const hints = resources.flatMap((resource) =>
		resource.operations.flatMap(({ value, hint, plan }) =>
			hint === undefined
				? []
				: {
						message: isChanging(plan) ? `${hint} ${IN_ORDER}` : hint,
						type: isChanging(plan) ? ('warning' as const) : ('info' as const),
						// In 'ndv' n8n goes on to show it after the run
						location: 'outputPane' as const,
						whenToDisplay: 'beforeExecution' as const,
						displayCondition: `={{ $parameter["resource"] === "${resource.value}" && $parameter["operation"] === "${value}" }}`,
					},
		),
	);
	return [...hints, emptyBatchingHint];
}
