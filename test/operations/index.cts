import { join } from 'node:path';
import type { INodeProperties, INodePropertyOptions, INodeType } from 'n8n-workflow';
import { PACKAGE_ROOT } from '../built/packed.cts';
import { account } from './account.cts';
import { address } from './address.cts';
import { addressLookup } from './addressLookup.cts';
import { auditLog } from './auditLog.cts';
import { check } from './check.cts';
import { client } from './client.cts';
import { companyLookup } from './companyLookup.cts';
import { customList } from './customList.cts';
import { document } from './document.cts';
import { flowSession } from './flowSession.cts';
import { livePhoto } from './livePhoto.cts';
import { liveVideo } from './liveVideo.cts';
import { referenceData } from './referenceData.cts';
import { report } from './report.cts';
import type { Row, Rows } from './row.cts';
import { sdkToken } from './sdkToken.cts';
import { teamMember } from './teamMember.cts';
import { workflowSession } from './workflowSession.cts';

const ROWS: Record<string, Rows> = {
	account,
	address,
	addressLookup,
	auditLog,
	check,
	client,
	companyLookup,
	customList,
	document,
	flowSession,
	livePhoto,
	liveVideo,
	referenceData,
	report,
	sdkToken,
	teamMember,
	workflowSession,
};

/** An operation's resource and value, as the node's parameters have them. */
export interface OperationName {
	resource: string;
	operation: string;
}

/** An operation with its row. */
export interface Operation extends OperationName, Row {}

const { ComplyCube } = require(join(PACKAGE_ROOT, 'dist/nodes/ComplyCube/ComplyCube.node.js')) as {
	ComplyCube: new () => INodeType;
};

/** What the built node says of itself, and the functions that fill its lists. */
export const { description, methods } = new ComplyCube();

/** Every operation that the built node offers, with its entry in the list of operations. */
export const offeredOptions: Array<[name: OperationName, option: INodePropertyOptions]> =
	description.properties
		.filter(({ name }) => name === 'operation')
		.flatMap(({ options = [], displayOptions }) =>
			(displayOptions?.show?.resource ?? []).flatMap((resource) =>
				(options as INodePropertyOptions[]).map((option): [OperationName, INodePropertyOptions] => [
					{ resource: String(resource), operation: String(option.value) },
					option,
				]),
			),
		);

/** Every operation that the built node offers. */
export const offeredOperations = offeredOptions.map(([name]) => name);

/** "client create", as tests and tables call an operation. */
export const titleOf = ({ resource, operation }: OperationName) => `${resource} ${operation}`;

/** Tells whether the editor shows a field for an operation. */
export const isShownFor =
	({ resource, operation }: OperationName) =>
	({ displayOptions }: INodeProperties): boolean =>
		Boolean(
			displayOptions?.show?.resource?.includes(resource) &&
				displayOptions.show.operation?.includes(operation),
		);

/**
 * Finds a collection of an operation's fields, each of which has a name of its own.
 *
 * @param label what the editor calls it, e.g. 'Filters'
 * @returns undefined if the operation has none
 */
export const collectionOf = (name: OperationName, label: string): INodeProperties | undefined =>
	description.properties
		.filter(isShownFor(name))
		.find(({ displayName, type }) => displayName === label && type === 'collection');

/**
 * Finds an operation's row.
 *
 * @throws Error that says what to add where, if the operation has none
 */
export function rowOf(name: OperationName): Row {
	const { resource, operation } = name;
	const rows = ROWS[resource];
	if (rows?.[operation]) return rows[operation];
	const file = `test/operations/${resource}.cts`;
	const place = rows ? file : `${file}, and the file's rows to ROWS in index.cts beside it`;
	throw new Error(`No test calls '${titleOf(name)}' yet: add a row '${operation}' to ${place}`);
}

/** Lists the rows that no operation of the built node belongs to. */
export function staleRows(): string[] {
	const offered = offeredOperations.map(titleOf);
	return Object.entries(ROWS)
		.flatMap(([resource, rows]) =>
			Object.keys(rows).map((operation) => titleOf({ resource, operation })),
		)
		.filter((title) => !offered.includes(title));
}
