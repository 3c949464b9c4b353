import type { IDataObject, INodeProperties, INodeTypeDescription } from 'n8n-workflow';
import type { NodeRun } from './calls/call.cts';

const isShownFor =
	({ resource, operation }: NodeRun) =>
	({ displayOptions }: INodeProperties): boolean =>
		(displayOptions?.show?.resource?.includes(resource) ?? true) &&
		(displayOptions?.show?.operation?.includes(operation) ?? true);

/**
 * Puts optional fields into the collections in which the operation has them.
 *
 * @param description The node's
 * @returns All parameters of the run
 * @throws If the operation has no such field: n8n would leave it out without a word
 */
export function parametersOf(description: INodeTypeDescription, run: NodeRun): IDataObject {
	const { resource, operation, parameters = {}, optional = {} } = run;
	const fields = description.properties.filter(isShownFor(run));
	const unknown = Object.keys(parameters).filter(
		(name) => !fields.some((one) => one.name === name),
	);
	const collected: Record<string, IDataObject> = {};
	for (const [name, value] of Object.entries(optional)) {
		const collection = fields.find(
			({ type, options }) => type === 'collection' && options?.some((one) => one.name === name),
		);
		if (collection) collected[collection.name] = { ...collected[collection.name], [name]: value };
		else unknown.push(name);
	}
	if (unknown.length > 0) {
		throw new Error(`The node's ${resource}: ${operation} has no ${unknown.join(', ')}`);
	}
	return { resource, operation, ...parameters, ...collected };
}
