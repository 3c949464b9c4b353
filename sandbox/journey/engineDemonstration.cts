import type { IConnections, IDataObject, INode, IRunData } from 'n8n-workflow';

import { startSimulator, type SimulatorOptions } from '../../simulator/server.cts';
import { CORE_NODES } from '../engine/coreNodes.cts';
import { additionalDataFor, createWorkflow, inputNode, runWorkflow } from '../engine/engine.cts';
import { readExample, SETTINGS_NODE } from './examples.cts';
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

/** The example's nodes, from the one on in which its user enters a session's ID. Its notes come before that. */
function nodesOfExample(): { nodes: INode[]; connections: IConnections } {
	const { nodes, connections } = readExample(EXAMPLE);
	const start = nodes.findIndex(({ name }) => name === SETTINGS_NODE);
	const prepared = nodes.slice(start).map((node) => ({
		...node,
		id: node.name,
		...(node.name === SETTINGS_NODE && { type: INPUT_TYPE, parameters: {} }),
		credentials: { complyCubeApi: { id: '1', name: 'Simulator' } },
	}));
	return { nodes: prepared as INode[], connections: connections as IConnections };
}

/** The JSON of the only item that a node gave out; undefined if it was not reached. */
const itemOf = (runData: IRunData, node: string): IDataObject | undefined =>
	runData[node]?.[0].data?.main.flatMap((items) => items ?? [])[0]?.json;

/**
 * Runs the example with one session.
 *
 * @throws The error that stopped the run
 */
async function runWithSession(sessionId: string, credential: IDataObject): Promise<SessionRun> {
	const { nodes, connections } = nodesOfExample();
	const workflow = await createWorkflow({
		nodes,
		connections,
		nodeTypes: { ...CORE_NODES, [INPUT_TYPE]: inputNode([{ sessionId }]) },
	});
	const { data } = await runWorkflow(workflow, SETTINGS_NODE, await additionalDataFor(credential));
	const { error, runData } = data.resultData;
	if (error) throw error;
	const read = itemOf(runData, 'Get session');
	return {
		client: String(read?.entityName),
		status: String(read?.status),
		outcome: String(itemOf(runData, 'Complete session')?.outcome),
		branch: nodes
			.map(({ name }) => name)
			.filter((name) => !(name in connections) && itemOf(runData, name))
			.join(', '),
	};
}

/**
 * Runs the example "get-complete-branch" in n8n's engine, with the built node and a simulator: each session is read and
 * completed, its outcome is awaited, and the workflow branches on it.
 *
 * @param options Of the simulator
 * @returns What became of each session
 * @throws The error that stopped a run
 */
export async function runGetCompleteBranch(options: SimulatorOptions = {}): Promise<SessionRun[]> {
	const simulator = await startSimulator(options);
	try {
		const sessions = simulator.workflowSessions.seed(SESSIONS);
		const [apiKey] = simulator.settings.keys;
		const credential = { apiKey, baseUrl: simulator.url, requestsPerSecond: 0 };
		return await Promise.all(sessions.map(({ id }) => runWithSession(id, credential)));
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
