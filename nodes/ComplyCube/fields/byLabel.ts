import type { INodeProperties } from 'n8n-workflow';

/** The order in which n8n wants the fields of a collection. */
export const byLabel = (one: INodeProperties, other: INodeProperties): number =>
	one.displayName.localeCompare(other.displayName);
