import { ALL_EVENTS } from '../../nodes/ComplyCube/trigger/events';
import { loadPackage } from '../built/engine.cts';
import n8nWorkflow = require('n8n-workflow');
import type { IDataObject, INode, INodeType } from 'n8n-workflow';

/** Which hints the editor shows, as n8n decides it: by what their conditions give. */
async function shown(parameters: IDataObject): Promise<string[]> {
	const trigger = (await loadPackage()).getNode('complyCubeTrigger').type as INodeType;
	const node = {
		id: '1',
		name: 'ComplyCube Trigger',
		type: 'complyCubeTrigger',
		typeVersion: 1.1,
		position: [0, 0],
		parameters,
	} as INode;
	const getByNameAndVersion = () => trigger;
	const workflow = new n8nWorkflow.Workflow({
		id: '1',
		active: false,
		nodes: [node],
		connections: {},
		nodeTypes: {
			getByName: getByNameAndVersion,
			getByNameAndVersion,
			getKnownTypes: () => ({}),
		} as never,
	});
	return trigger.description
		.hints!.filter(({ displayCondition }) => {
			const verdict = workflow.expression.getSimpleParameterValue(
				workflow.getNode(node.name)!,
				displayCondition,
				'internal',
				{},
			);
			// The editor takes nothing else for an answer
			expect(typeof verdict).toBe('boolean');
			return verdict === true;
		})
		.map(({ message }) => message.split(/[ .:,]/, 2).join(' '));
}

const SESSIONS = ['workflow.session.completed', 'workflow.session.updated'];
const TEMPLATE = { filters: { workflowTemplateIds: 'x' } };
const OUTCOME = { filters: { outcomes: ['clear'] } };
const ONLY = 'Only workflow';

describe('the hint on filters', () => {
	it.each<[string, IDataObject, string[]]>([
		['no filter', { events: [ALL_EVENTS] }, []],
		['templates of sessions', { events: SESSIONS, ...TEMPLATE }, []],
		['templates of sessions in a text', { events: SESSIONS.join(' , '), ...TEMPLATE }, []],
		['templates of sessions as JSON', { events: JSON.stringify(SESSIONS), ...TEMPLATE }, []],
		['templates of checks', { events: ['check.pending'], ...TEMPLATE }, [ONLY]],
		['templates of all', { events: [ALL_EVENTS], ...TEMPLATE }, [ONLY]],
		[
			'templates of checks in a text',
			{ events: `${SESSIONS[0]}, check.pending`, ...TEMPLATE },
			[ONLY],
		],
		['templates of checks as JSON', { events: '["check.pending"]', ...TEMPLATE }, [ONLY]],
		['outcomes of sessions', { events: SESSIONS, ...OUTCOME }, []],
		['outcomes of sessions as JSON', { events: JSON.stringify(SESSIONS), ...OUTCOME }, []],
		['outcomes of started sessions', { events: ['workflow.session.started'], ...OUTCOME }, [ONLY]],
		['outcomes of clients as JSON', { events: '["client.created"]', ...OUTCOME }, [ONLY]],
		['events that are none', { events: '={{ null }}', ...OUTCOME }, []],
		['an expression', { events: SESSIONS, filters: { clientIds: '={{ $json.x }}' } }, ['A filter']],
		[
			'an expression in a list',
			{ events: SESSIONS, filters: { outcomes: ['={{ 1 }}'] } },
			['A filter'],
		],
		['a blank filter', { events: SESSIONS, filters: { clientIds: '' } }, []],
	])('for %s', async (_what, parameters, hints) => {
		expect(await shown(parameters)).toEqual(hints);
	});
});
