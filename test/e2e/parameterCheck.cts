import {
	NodeHelpers,
	type INode,
	type INodeParameters,
	type INodeProperties,
	type INodePropertyOptions,
	type INodeTypeDescription,
} from 'n8n-workflow';
import type { NodeType } from '../../sandbox/n8n/n8nClient.cts';
import type { WorkflowNode } from '../../sandbox/n8n/workflow.cts';

type Json = Record<string, unknown>;

const TYPES: Record<string, string> = { string: 'string', number: 'number', boolean: 'boolean' };

const isExpression = (value: unknown) => typeof value === 'string' && value.startsWith('=');

/**
 * Compares a node with the description of its type, as the editor does.
 *
 * @param types The node types of an n8n
 * @returns A sentence about every parameter that the type does not know, does not show for these parameters, or rejects
 */
export function mistakesIn(node: WorkflowNode, types: NodeType[]): string[] {
	const type = types.find(
		({ name, version }) => name === node.type && [version].flat().includes(node.typeVersion),
	) as INodeTypeDescription | undefined;
	if (!type) return [`${node.type} has no version ${node.typeVersion}`];
	const whole = NodeHelpers.getNodeParameters(
		type.properties,
		node.parameters as INodeParameters,
		true,
		false,
		node as unknown as INode,
		type,
	)!;
	const issues = NodeHelpers.getNodeParametersIssues(
		type.properties,
		{ ...node, parameters: whole } as unknown as INode,
		type,
	);
	return [
		...new Walk(node, type, whole).mistakes(node.parameters, type.properties, ''),
		// n8n names what is wrong with a required locator twice
		...new Set(Object.values(issues?.parameters ?? {}).flat()),
	];
}

class Walk {
	constructor(
		private readonly node: WorkflowNode,
		private readonly type: INodeTypeDescription,
		private readonly whole: INodeParameters,
	) {}

	/** @param path Path of the given parameters within the node's; empty for all of them */
	mistakes(parameters: Json, properties: INodeProperties[], path: string): string[] {
		return Object.entries(parameters).flatMap(([name, value]) => {
			const place = path ? `${path}.${name}` : name;
			const property = properties.find((one) => one.name === name && this.isShown(one, path));
			return property ? this.inValue(value, property, path, place) : [`no parameter ${place}`];
		});
	}

	private isShown(option: INodeProperties | INodePropertyOptions, path: string): boolean {
		return NodeHelpers.displayParameterPath(this.whole, option, path, this.node, this.type);
	}

	private inValue(
		value: unknown,
		property: INodeProperties,
		path: string,
		place: string,
	): string[] {
		if (isExpression(value)) {
			return property.noDataExpression ? [`${place} takes no expression`] : [];
		}
		const options = (property.options ?? []) as INodeProperties[];
		switch (property.type) {
			case 'options':
			case 'multiOptions':
				return this.inChoice([value].flat(), property, path, place);
			case 'collection':
				return this.mistakes(value as Json, options, place);
			case 'fixedCollection':
				return this.inGroups(value as Json, property, place);
			case 'resourceLocator': {
				const { mode } = value as { mode?: string };
				return property.modes?.some(({ name }) => name === mode) ? [] : [`${place}: mode ${mode}`];
			}
			default: {
				const expected = TYPES[property.type];
				return !expected || typeof value === expected ? [] : [`${place} is not a ${expected}`];
			}
		}
	}

	private inChoice(values: unknown[], property: INodeProperties, path: string, place: string) {
		const offered = (property.options as INodePropertyOptions[] | undefined)
			?.filter((option) => this.isShown(option, path))
			.map(({ value }) => value);
		return (
			values
				// Without a list of its own it gets its options from a service
				.filter((value) => !(offered?.includes(value as string) ?? typeof value === 'string'))
				.map((value) => `${place} has no option ${JSON.stringify(value)}`)
		);
	}

	private inGroups(groups: Json, property: INodeProperties, place: string): string[] {
		return Object.entries(groups).flatMap(([name, entries]) => {
			const group = property.options?.find((option) => option.name === name);
			if (!group || !('values' in group)) return [`no parameter ${place}.${name}`];
			const { multipleValues = false } = property.typeOptions ?? {};
			if (Array.isArray(entries) !== multipleValues)
				return [`${place}.${name} has to be ${multipleValues ? 'a list' : 'a single entry'}`];
			return [entries].flat().flatMap((entry, index) => {
				const at = multipleValues ? `${place}.${name}[${index}]` : `${place}.${name}`;
				return this.mistakes(entry as Json, group.values, at);
			});
		});
	}
}
