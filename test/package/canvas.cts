import type { Workflow, WorkflowNode } from '../../sandbox/n8n/workflow.cts';

/** A connection between two nodes: `main`, or one by which a sub-node serves an agent. */
export interface Connection {
	from: string;
	to: string;
	type: string;
	/** Which output it starts at, counted from 0. */
	output: number;
}

/** A rectangle on the canvas, in pixels. */
export interface Box {
	left: number;
	top: number;
	right: number;
	bottom: number;
}

type StoredConnections = Record<
	string,
	Record<string, Array<Array<{ node: string; type: string }> | null>>
>;

/** Sizes as in n8n's editor. The name stands below a node and is twice as wide; an agent's stands inside. */
const NODE = { width: 96, height: 96 };
const AGENT = { width: 256, height: 96 };
const SUB_NODE = { width: 80, height: 80 };
/** How much higher a node is for each output from the third on. */
const OUTPUT = 32;
/** The gap above the name, a line of it, and the line below that says what the node does. */
const NAME = { gap: 8, line: 20, letter: 8.3, subtitle: 18 };

export const isNote = ({ type }: WorkflowNode) => type === 'n8n-nodes-base.stickyNote';

/** Lists a workflow's connections. */
export const connectionsOf = ({ connections }: Workflow): Connection[] =>
	Object.entries(connections as StoredConnections).flatMap(([from, byType]) =>
		Object.entries(byType).flatMap(([type, outputs]) =>
			outputs.flatMap((targets, output) =>
				(targets ?? []).map(({ node: to }) => ({ from, to, type, output })),
			),
		),
	);

const isMain = ({ type }: Connection) => type === 'main';

/** The connections that items go along. */
export const mainConnectionsOf = (workflow: Workflow) => connectionsOf(workflow).filter(isMain);

/**
 * Finds what can be reached from a node along connections, in their direction.
 *
 * @returns Names; the node's own only if there is a way back to it
 */
export function reachable(from: string, connections: Connection[]): Set<string> {
	const found = new Set<string>();
	const queue = [from];
	for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
		for (const { to } of connections.filter((one) => one.from === name)) {
			if (!found.has(to)) queue.push(to);
			found.add(to);
		}
	}
	return found;
}

/** Finds every node that a trigger sets to work: those it reaches, and the sub-nodes that serve these. */
export function setToWorkBy(trigger: string, workflow: Workflow): Set<string> {
	const connections = connectionsOf(workflow);
	const towardsSubNodes = connections.map(
		({ from, to, ...rest }): Connection =>
			isMain({ from, to, ...rest }) ? { from, to, ...rest } : { from: to, to: from, ...rest },
	);
	return reachable(trigger, towardsSubNodes);
}

/** The rectangle of a note. */
export function noteBox({ position: [left, top], parameters }: WorkflowNode): Box {
	// What n8n stores only if it was changed
	const { width = 240, height = 160 } = parameters as { width?: number; height?: number };
	return { left, top, right: left + width, bottom: top + height };
}

const outputsOf = ({ name }: WorkflowNode, workflow: Workflow) =>
	Math.max(
		0,
		...mainConnectionsOf(workflow)
			.filter(({ from }) => from === name)
			.map(({ output }) => output + 1),
	);

/** The rectangle of a node with its name. */
export function nodeBox(node: WorkflowNode, workflow: Workflow): Box {
	const [left, top] = node.position;
	const serving = connectionsOf(workflow).filter((connection) => !isMain(connection));
	if (serving.some(({ to }) => to === node.name)) {
		return { left, top, right: left + AGENT.width, bottom: top + AGENT.height };
	}
	const { width, height } = serving.some(({ from }) => from === node.name) ? SUB_NODE : NODE;
	const lines = Math.ceil((node.name.length * NAME.letter) / (2 * width));
	const below = NAME.gap + Math.min(lines, 2) * NAME.line + NAME.subtitle;
	return {
		left: left - width / 2,
		top,
		right: left + 1.5 * width,
		bottom: top + height + Math.max(0, outputsOf(node, workflow) - 2) * OUTPUT + below,
	};
}

export const overlap = (one: Box, other: Box) =>
	one.left < other.right &&
	other.left < one.right &&
	one.top < other.bottom &&
	other.top < one.bottom;

export const liesWithin = (inner: Box, outer: Box) =>
	inner.left >= outer.left &&
	inner.top >= outer.top &&
	inner.right <= outer.right &&
	inner.bottom <= outer.bottom;
