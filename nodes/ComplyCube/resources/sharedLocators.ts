import type { INodeProperties } from 'n8n-workflow';

/**
 * Declares the field that chooses an object once for a resource, instead of once for each of its operations.
 *
 * n8n evaluates every declared property for every item, shown or not, and an ID is nearly always an expression: declared
 * three times, it would cost three times as much.
 *
 * @param properties the fields of a resource's operations, each shown for its own operation
 * @returns the same fields in the same order, but each resource locator only at its first place, shown for all of its
 * operations
 */
export function withSharedLocators(properties: INodeProperties[]): INodeProperties[] {
	const operationsOf = (property: INodeProperties) =>
		property.displayOptions?.show?.operation ?? [];
	const isSame = (one: INodeProperties, other: INodeProperties) =>
		one.type === 'resourceLocator' && other.type === one.type && one.name === other.name;

	return properties
		.filter((property, place) => {
			const first = properties.findIndex((other) => isSame(property, other));
			return first === -1 || first === place;
		})
		.map((property) => {
			const all = properties.filter((other) => isSame(property, other));
			if (all.length < 2) return property;
			const show = { ...property.displayOptions?.show, operation: all.flatMap(operationsOf) };
			return { ...property, displayOptions: { ...property.displayOptions, show } };
		});
}
