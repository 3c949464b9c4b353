import { Failure } from '../../transport/failure';
import { isPlainObject } from '../../values/plainObject';
import { allOrFirstFailure } from '../allOrFirstFailure';
import { completedBody, invalidValue } from '../body';
import { changedMetadata, metadataToRemove, metadataToSet } from '../metadata';
import { itemOf } from '../output';
import type { Item, Send } from '../request';
import { prepareChange, type ChangePlan } from './change';

/**
 * Changes an object, and single entries of its metadata: the fields `metadataToSet` and `metadataToRemove`. As ComplyCube takes
 * metadata as a whole, the object is read first.
 */
export interface EditPlan extends Omit<ChangePlan, 'kind' | 'upload' | 'polling' | 'inDoubt'> {
	kind: 'edit';
	/** For when it is not known whether the request was carried out: what to tell the user to do */
	inDoubt: string;
}

const BOTH = invalidValue(
	'metadata',
	"'Metadata' replaces all entries, and cannot be combined with those to set or to remove",
	'Remove one of these fields.',
);

const KEPT = new Failure('ComplyCube kept metadata entries that were to be removed', {
	description:
		'Everything else was changed. Running this item again does not help: set these entries to another value instead.',
});

/**
 * Prepares changing an object.
 *
 * @param item the input item and its request
 * @param plan the operation's plan
 * @returns what sends the requests, or why the item cannot be carried out
 */
export async function prepareEdit(item: Item, plan: EditPlan): Promise<Send | Failure> {
	const { request, attempt } = item;
	const { metadataToSet: pairs, metadataToRemove: keys, ...body } = item.body;
	if (pairs === undefined && keys === undefined) {
		return await prepareChange({ ...item, body }, { ...plan, kind: 'change' });
	}
	if (body.metadata !== undefined || body.metadataJson !== undefined) return BOTH;
	const values = allOrFirstFailure({
		set: metadataToSet(pairs),
		removed: metadataToRemove(keys),
		// What is not there yet comes from the object
		body: completedBody({ ...body, metadata: {} }, [], true),
	});
	if (values instanceof Failure) return values;
	const { set, removed } = values;
	const { path } = request;
	return async (connection) => {
		const reply = await attempt.alone(path, async () => {
			const object = await connection.send({ method: 'GET', path });
			if (object instanceof Failure) return object;
			const metadata = changedMetadata(object.metadata, set, removed);
			if (metadata instanceof Failure) return metadata;
			return await attempt.send(connection, { ...request, body: { ...values.body, metadata } });
		});
		if (reply instanceof Failure) return reply.advisingIfDoubtful(plan.inDoubt);
		attempt.noteCarriedOut();
		const gone = removed.filter((key) => !Object.hasOwn(set, key));
		const now = isPlainObject(reply.metadata) ? reply.metadata : {};
		const isKept = gone.some((key) => Object.hasOwn(now, key));
		return isKept ? KEPT : itemOf(reply);
	};
}
