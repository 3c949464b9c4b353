import type { IConnections, IDataObject, INode, INodeExecutionData } from 'n8n-workflow';

import { startSimulator, type SimulatorOptions } from '../../simulator/server.cts';
import { CORE_NODES } from '../engine/coreNodes.cts';
import { additionalDataFor, createWorkflow, inputNode, runWorkflow } from '../engine/engine.cts';
import { readExample } from './examples.cts';
import { SESSION_NODE } from './getCompleteBranch.cts';
import { textTable } from './textTable.cts';

const EXAMPLE = 'get-complete-branch';
const INPUT_TYPE = 'input';

/** The last names decide the outcomes. */
const SESSIONS = [
	{ entityName: 'Ada Example' },
	{ entityName: 'Grace attention', lastName: 'attention' },
	{ entityName: 'Alan Example' },
];

/** What became of a session in the example "get-complete-branch". */
export interface SessionRun {
	client: string;
	/** Its status when Get read it. */
	status: string;
	/** What Complete waited for. */
	outcome: string;
	/** Name of the node that it came to in the end. */
	branch: string;
}

/** The example's nodes, from the one on in which its user enters a session's ID. */
function nodesOfExample(): { nodes: INode[]; connections: IConnections } {
	const { nodes, connections } = readExample(EXAMPLE);
	const start = nodes.findIndex(({ name }) => name === SESSION_NODE);
	const prepared = nodes.slice(start).map((node) => ({
		...node,
		id: node.name,
		...(node.name === SESSION_NODE && { type: INPUT_TYPE, parameters: {} }),
		credentials: { complyCubeApi: { id: '1', name: 'Simulator' } },
	}));
	return { nodes: prepared as INode[], connections: connections as IConnections };
}

/** The items a node was reached by or gave out, over all its outputs; empty if it was not reached. */
type ItemsOf = (node: string) => INodeExecutionData[];

function traceSession(sessionId: string, itemsOf: ItemsOf, ends: string[]): SessionRun {
	const find = (node: string): IDataObject | undefined =>
		itemsOf(node).find(({ json }) => json.id === sessionId)?.json;
	const read = find('Get');
	return {
		client: String(read?.entityName),
		status: String(read?.status),
		outcome: String(find('Complete')?.outcome),
		branch: ends.filter((end) => find(end)).join(', '),
	};
}

/**
 * Runs the example "get-complete-branch" in n8n's engine, with the built node and a simulator: each session is read and
 * completed, its outcome is awaited, and the workflow branches on it.
 *
 * @param options Of the simulator
 * @returns What became of each session
 * @throws The error that stopped the run
 */
export async function runGetCompleteBranch(options: SimulatorOptions = {}): Promise<SessionRun[]> {
	const simulator = await startSimulator(options);
	try {
		const sessions = simulator.workflowSessions.seed(SESSIONS);
		const { nodes, connections } = nodesOfExample();
		const workflow = await createWorkflow({
			nodes,
			connections,
			nodeTypes: {
				...CORE_NODES,
				[INPUT_TYPE]: inputNode(sessions.map(({ id }) => ({ sessionId: id }))),
			},
		});
		const [apiKey] = simulator.settings.keys;
		const credential = { apiKey, baseUrl: simulator.url, requestsPerSecond: 0 };
		const { data } = await runWorkflow(workflow, SESSION_NODE, await additionalDataFor(credential));
		const { error, runData } = data.resultData;
		if (error) throw error;
		const itemsOf: ItemsOf = (node) =>
			(runData[node] ?? []).flatMap((run) =>
				(run.data?.main ?? []).flatMap((items) => items ?? []),
			);
		const ends = nodes.map(({ name }) => name).filter((name) => !(name in connections));
		return sessions.map(({ id }) => traceSession(id, itemsOf, ends));
	} finally {
		await simulator.close();
	}
}

/** Formats what became of sessions as a table for the terminal. */
export const sessionTable = (runs: SessionRun[]): string =>
	textTable([
		['Client', 'Get: status', 'Complete: outcome', 'Branch'],
		...runs.map(({ client, status, outcome, branch }) => [client, status, outcome, branch]),
	]);
