/** The example "daily review digest", whose runs together have to look at every moment. */
import type { INode } from 'n8n-workflow';
import n8nWorkflow = require('n8n-workflow');
import { readExample } from '../../sandbox/journey/examples.cts';

const { Workflow } = n8nWorkflow;

const NODE: INode = {
	...{ id: 'a', name: 'a', type: 'a', typeVersion: 1 },
	...{ position: [0, 0], parameters: {} },
};

afterEach(() => jest.useRealTimers());

/** From when on a run asks for sessions, in UTC. */
function beginOfWindow(runsAt: string): string {
	jest.useFakeTimers({ now: new Date(runsAt) });
	const { nodes } = readExample('daily-review-digest');
	const valueOf = (name: string) => nodes.find((node) => node.name === name)!.parameters;
	const { assignments } = valueOf('Settings').assignments as {
		assignments: Array<{ name: string; value: unknown }>;
	};
	const { updatedAfter } = valueOf('Get recent sessions').filters as { updatedAfter: string };
	const filled = assignments.reduce(
		(text, { name, value }) =>
			text.replaceAll(`$('Settings').first().json.${name}`, JSON.stringify(value)),
		updatedAfter,
	);
	const workflow = new Workflow({
		...{ nodes: [NODE], connections: {}, active: false },
		settings: { timezone: 'Europe/Berlin' },
		nodeTypes: {
			getByName: () => undefined as never,
			getByNameAndVersion: () => undefined as never,
			getKnownTypes: () => ({}),
		},
	});
	const value = workflow.expression.getSimpleParameterValue(NODE, filled, 'internal', {});
	return new Date(String(value)).toISOString();
}

// n8n runs a schedule at any second of the minute, another one after each restart
it.each([
	['the day before', '2026-10-21T06:00:10Z', '2026-10-22T06:00:50Z'],
	['25 hours before, as the clocks went back', '2026-10-24T06:00:10Z', '2026-10-25T07:00:50Z'],
	['23 hours before, as the clocks went forward', '2026-03-28T07:00:10Z', '2026-03-29T06:00:50Z'],
])('leaves nothing out since the run %s', (_when, before, runsAt) => {
	const gap = Date.parse(beginOfWindow(runsAt)) - Date.parse(before);
	expect(gap).toBeLessThanOrEqual(0);
	expect(gap).toBeGreaterThan(-60_000);
});
