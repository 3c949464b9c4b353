import type { IDataObject } from 'n8n-workflow';

/** A run of the built node with one item. */
export interface NodeRun {
	resource: string;
	operation: string;
	parameters?: IDataObject;
	/** Fields that users add, and filters; the node knows in which of its collections they are */
	optional?: IDataObject;
	/** The item has a picture in its field `data` */
	sendsPicture?: true;
}

/** A request that the node has no operation for, or that it would refuse to send. */
export interface PlainRequest {
	method: 'GET' | 'POST' | 'DELETE';
	/** Below the base URL */
	path: string;
	body?: object;
	/** In place of the API key */
	apiKey?: string;
}

/**
 * One call of the service. Texts in it refer to what earlier calls kept by `{{ $json.name }}`, as n8n's expressions do.
 */
export interface Call {
	/** No two calls have the same one */
	name: string;
	/** What to do: a run of the node or a plain request */
	does: NodeRun | PlainRequest;
	/** What later calls refer to, by name: where it is in the reply */
	keeps?: Record<string, string>;
	/** Made again and again until the reply has this value at this path */
	until?: { path: string; value: string };
	/** How many requests at once; 1 unless given. Only of a plain request */
	atOnce?: number;
	/** It shows what the account has besides what these calls make, which may be nothing */
	isAccountWide?: true;
	/** How many outer levels of objects have keys that are data, not names of fields */
	dataLevels?: number;
}

/** What earlier calls kept, by name. */
export type Known = Record<string, string>;

/** A resource locator's value in the mode "By ID". */
export const byId = (value: string) => ({ __rl: true, mode: 'id', value });

export const isNodeRun = (does: Call['does']): does is NodeRun => 'resource' in does;

const REFERENCE = /\{\{ \$json\.(\w+) \}\}/g;

/** @returns The names of what a call refers to */
export const namesNeeded = ({ does }: Call): string[] => [
	...new Set([...JSON.stringify(does).matchAll(REFERENCE)].map(([, name]) => name)),
];

/** @returns The text with what it refers to */
export const filled = (text: string, known: Known): string =>
	text.replace(REFERENCE, (_, name: string) => known[name]);

/** @returns The value at a dotted path, e.g. `items.0.id`; undefined if there is none */
export const valueAt = (value: unknown, path: string): unknown =>
	path
		.split('.')
		.reduce<unknown>(
			(inner, name) => (inner as IDataObject | undefined)?.[name],
			value ?? undefined,
		);
