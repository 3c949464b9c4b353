/** A node of a workflow, as in an exported workflow. */
export interface WorkflowNode {
	id?: string;
	name: string;
	type: string;
	typeVersion: number;
	position: [number, number];
	parameters: Record<string, unknown>;
	credentials?: Record<string, { id: string; name: string }>;
	[setting: string]: unknown;
}

/** The parts of an exported workflow that any n8n can import. */
export interface Workflow {
	name: string;
	nodes: WorkflowNode[];
	connections: Record<string, unknown>;
	settings?: Record<string, unknown>;
	pinData?: Record<string, unknown>;
}

/** A saved workflow. */
export interface StoredWorkflow extends Workflow {
	id: string;
	active: boolean;
	/** An archived workflow can be viewed, but neither changed nor run. */
	isArchived: boolean;
	versionId: string;
}

/** A saved credential, without its secrets. */
export interface StoredCredential {
	id: string;
	name: string;
	type: string;
}
