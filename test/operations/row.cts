import type { IDataObject } from 'n8n-workflow';
import type { Simulator } from '../../simulator/server.cts';

/** How the tests call an operation, and what they may expect of it. */
export interface Row {
	/** Of the operation's own request; others only look at the object */
	method: 'GET' | 'POST' | 'DELETE';
	/** Besides resource and operation; `$json.id` is what `seed` returned for the item */
	parameters: IDataObject;
	/** Adds what one item needs. Returns the ID that every request about the item mentions */
	seed: (simulator: Simulator) => string;
	/** The methods of what it sends before its own request */
	before?: Array<'GET' | 'POST'>;
	/** Where its own request goes, if it sends others with that method before */
	path?: string;
	/** If its request ends in doubt, it looks what became of the object */
	looks?: true;
	/** Running it twice does no more harm than running it once */
	repeatable?: true;
	/** Its output does not say which object it is about */
	anonymous?: true;
	/** Its request is the same for every item, so nothing tells for which one it was sent */
	sameForAll?: true;
	/** It sends the item's file */
	sendsFile?: true;
	/** ComplyCube does not document what it replies */
	undocumented?: true;
	/**
	 * Replies as ComplyCube documents them, with what the node adds. Between them they have every documented field, also those
	 * that ComplyCube's own examples leave out.
	 */
	replies: object[];
}

/** The rows of a resource, by operation. */
export type Rows = Record<string, Row>;

/** An expression for what `seed` returned for the item. */
export const ID = '={{ $json.id }}';

type OfClient =
	| 'addresses'
	| 'auditLogs'
	| 'checks'
	| 'documents'
	| 'liveVideos'
	| 'livePhotos'
	| 'workflowSessions';

/** Seeds a client. */
export const seedClient = ({ clients }: Simulator): string => clients.seed()[0].id;

/** Seeds an object of a new client. Returns the object's ID. */
export const seedOne =
	(resource: OfClient, fields: object = {}) =>
	(simulator: Simulator): string =>
		simulator[resource].seed({ clientId: seedClient(simulator), ...fields })[0].id;

/** Seeds a client who has such an object. Returns the client's ID, because lists are asked for by client. */
export const seedClientWith =
	(resource: OfClient) =>
	(simulator: Simulator): string => {
		const clientId = seedClient(simulator);
		simulator[resource].seed({ clientId });
		return clientId;
	};

export const deleted = ({ id }: { id: string }) => ({ id, deleted: true });
export const redacted = ({ id }: { id: string }) => ({ id, redacted: true });
