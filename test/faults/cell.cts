import { randomBytes } from 'node:crypto';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { runNode, type OnError, type RunResult } from '../built/engine.cts';
import { fileIn } from '../engine/files.cts';
import type { Operation } from '../operations/index.cts';
import { fingerprint } from '../../simulator/auth.cts';
import type { RequestRecord } from '../../simulator/requestLog.cts';
import { sampleImage } from '../../simulator/sampleImages.cts';
import type { Simulator } from '../../simulator/server.cts';
import type { Elsewhere } from './elsewhere.cts';
import type { Fault } from './faults.cts';

export const MODES: OnError[] = ['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'];

/** One cell of the matrix: an operation, a fault, and n8n's On Error setting. */
export interface Cell {
	operation: Operation;
	fault: Fault;
	mode: OnError;
}

/** What happened to one input item. */
export interface ItemSeen {
	index: number;
	id: string;
	/** Whether the fault is meant for it */
	struck: boolean;
	/** The operation's own requests, and the looks at the object afterwards */
	own: RequestRecord[];
	looks: RequestRecord[];
	/** How often ComplyCube changed something for it */
	effects: number;
	/** Output items paired with it */
	results: INodeExecutionData[];
	/** Its failures: in an error item, or as the error that stopped the node */
	failures: FailureSeen[];
}

export interface FailureSeen {
	message: string;
	description: string;
	httpCode?: string;
}

/** A cell after its run. */
export interface CellSeen extends Cell {
	apiKey: string;
	items: ItemSeen[];
	/** Requests that are about none of the items */
	strays: RequestRecord[];
	run: RunResult;
}

const ITEMS = 3;
/** The item that a fault strikes unless it strikes all, as n8n counts */
export const STRUCK = 1;
const IMAGE = Buffer.from(sampleImage('jpg', 35_001), 'base64');
/** The timeout of items that are not struck, long enough on any machine, in ms */
const TIMEOUT = 300_000;

/** What the faults tell operations apart by. */
export const kindOf = ({ method }: Operation) => (method === 'GET' ? 'reads' : 'changes');

const mentions = ({ path, query, body }: RequestRecord, id: string) =>
	JSON.stringify([path, query, body]).includes(id);

/** A file whose base64 has the item's ID in it: 24 hex digits stand for 18 bytes, and 35,001 bytes end where base64 begins anew. */
const fileOf = (id: string) =>
	fileIn('data', Buffer.concat([IMAGE, Buffer.from(id, 'base64')]).toString('base64'));

export const isFailure = ({ json }: INodeExecutionData) => typeof json.error === 'string';

const isPairedTo = (item: INodeExecutionData, index: number) =>
	(item.pairedItem as { item: number } | undefined)?.item === index;

/** Splits the code and the advice that an item of the error output has in one text, e.g. `404: Check the ID.` */
const splitAdvice = (message: unknown) =>
	/^((?<httpCode>\d{3}|[A-Z_]{4,}): )?(?<description>.*)$/s.exec(String(message ?? ''))!.groups!;

/** @param isOnly whether there is no other item: then the error names none */
function failuresOf(
	index: number,
	{ items, errorItems, error }: RunResult,
	isOnly: boolean,
): FailureSeen[] {
	const failed = [...items, ...errorItems]
		.filter((item) => isFailure(item) && isPairedTo(item, index))
		.map(({ json }) => {
			const { description = '', httpCode } = (json.details ??
				splitAdvice(json.message)) as IDataObject;
			return { message: json.error, description, httpCode } as FailureSeen;
		});
	if (!error || (error.context?.itemIndex !== index && !isOnly)) return failed;
	const { message, description = '', httpCode } = error;
	return [...failed, { message, description, httpCode }];
}

/**
 * Runs the node once for several items, of which the fault strikes one or all; for one item only if its request does not tell
 * for which item it was sent.
 *
 * @param cell what to run
 * @param simulator not used by anything else meanwhile; it is reset first
 * @param elsewhere servers that some faults lead to
 */
export async function runCell(
	cell: Cell,
	simulator: Simulator,
	elsewhere: Elsewhere,
): Promise<CellSeen> {
	const { operation, fault, mode } = cell;
	const { method, path, before, seed, parameters, sendsFile, sameForAll } = operation;
	simulator.reset();
	// A new key, because the node remembers refusals by key
	const apiKey = `test_${randomBytes(12).toString('hex')}`;
	simulator.settings.keys = [apiKey];

	const ids = Array.from({ length: sameForAll ? 1 : ITEMS }, () => seed(simulator));
	const isAbout = (request: RequestRecord, id: string) => sameForAll || mentions(request, id);
	const isStruck = (index: number) =>
		sameForAll || index === STRUCK || fault.strikesAll || fault.baseUrl !== undefined;
	const scene = { apiKey, elsewhere };
	if (fault.spec) {
		simulator.faults.add({
			...fault.spec(scene),
			// What is sent before the own request would be struck in its place
			...((!fault.strikesLooks || before) && { method, path }),
			...(!fault.strikesAll && !sameForAll && { mentions: ids[STRUCK] }),
		});
	}
	const run = await runNode({
		parameters: {
			resource: operation.resource,
			operation: operation.operation,
			...parameters,
			...fault.parameters,
			// Only if needed: the evaluation of an expression costs more than the rest of the run
			...(fault.timeout && { requestOptions: { timeout: '={{ $json.timeout }}' } }),
		},
		credential: {
			apiKey,
			baseUrl: fault.baseUrl?.(scene) ?? simulator.url,
			requestsPerSecond: 10_000,
		},
		input: ids.map((id, index) => ({
			id,
			timeout: (isStruck(index) && fault.timeout?.[kindOf(operation)]) || TIMEOUT,
		})),
		...(sendsFile && { binary: ids.map(fileOf) }),
		onError: mode,
	});
	const isOwn = (request: RequestRecord) =>
		request.method === method && (!path || request.path.endsWith(path));
	const items = ids.map((id, index): ItemSeen => {
		const requests = simulator.requests.filter((request) => isAbout(request, id));
		return {
			index,
			id,
			struck: Boolean(isStruck(index)),
			own: requests.filter(isOwn),
			looks: requests.filter((request) => !isOwn(request)),
			effects: requests.filter((request) => isOwn(request) && request.tookEffect).length,
			results: run.items.filter((item) => !isFailure(item) && isPairedTo(item, index)),
			failures: failuresOf(index, run, ids.length === 1),
		};
	});
	const strays = simulator.requests.filter(
		(request) =>
			// A request of the cell before may arrive after its run, if that gave up waiting for it
			request.headers.authorization === fingerprint(apiKey) &&
			!ids.some((id) => isAbout(request, id)),
	);
	return { ...cell, apiKey, items, strays, run };
}
