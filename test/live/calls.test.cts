import type { INodePropertyOptions } from 'n8n-workflow';
import { filled, isNodeRun, namesNeeded, type NodeRun } from '../../live/calls/call.cts';
import { CALLS, LAST_CALLS } from '../../live/calls/index.cts';
import { parametersOf } from '../../live/parameters.cts';
import { description } from '../operations/index.cts';

const all = [...CALLS, ...LAST_CALLS];

/** What the editor calls an operation, e.g. `Client: Get Many`. */
function labelOf({ resource, operation }: NodeRun): string {
	const label = (name: string, value: string) =>
		description.properties
			.filter((field) => field.name === name)
			.filter(({ displayOptions }) => displayOptions?.show?.resource?.includes(resource) ?? true)
			.flatMap(({ options }) => options as INodePropertyOptions[])
			.find((option) => option.value === value)?.name;
	return `${label('resource', resource)}: ${label('operation', operation)}`;
}

test('no two calls have the same name', () => {
	const names = all.map(({ name }) => name);
	expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

test('a run of the node is called what the editor calls the operation', () => {
	const runs = all.flatMap(({ name, does }) => (isNodeRun(does) ? [{ name, does }] : []));
	const misnamed = runs.filter(({ name, does }) => !name.startsWith(labelOf(does)));
	expect(misnamed.map(({ name }) => name)).toEqual([]);
});

test('what a call refers to is kept by an earlier one, or known from the beginning', () => {
	const known = new Set(['run', 'sessionToCancel', 'sessionToComplete']);
	const missing = all.flatMap((call) => {
		const names = namesNeeded(call).filter((name) => !known.has(name));
		for (const name of Object.keys(call.keeps ?? {})) known.add(name);
		return names.map((name) => [call.name, name]);
	});
	expect(missing).toEqual([]);
});

test('texts are filled with what is known', () => {
	const text = '/webhooks/{{ $json.webhookId }}/{{ $json.run }}';
	expect(filled(text, { webhookId: 'a', run: 'b' })).toBe('/webhooks/a/b');
});

describe('the parameters of a run', () => {
	const runs = all.flatMap(({ name, does }) => (isNodeRun(does) ? [[name, does] as const] : []));

	it.each(runs)('are those that the node has: %s', (_, does) => {
		expect(() => parametersOf(description, does)).not.toThrow();
	});

	it('have the optional fields in the collection of the operation', () => {
		const run = { resource: 'client', operation: 'getAll', parameters: { limit: 5 } };
		const { limit, resource, operation, ...collections } = parametersOf(description, {
			...run,
			optional: { email: 'ada@example.com', mobile: '1' },
		});
		expect({ limit, resource, operation }).toEqual({
			...run.parameters,
			resource: 'client',
			operation: 'getAll',
		});
		expect(Object.values(collections)).toEqual([{ email: 'ada@example.com', mobile: '1' }]);
	});

	it('are refused if the operation does not have them', () => {
		const run = {
			resource: 'client',
			operation: 'get',
			parameters: { clientId: 'a', documentId: 'b' },
			optional: { dob: '1990-01-31' },
		};
		expect(() => parametersOf(description, run)).toThrow(
			"The node's client: get has no documentId, dob",
		);
	});
});
