import { Failure } from '../../transport/failure';
import { allOrFirstFailure } from '../allOrFirstFailure';
import { settleDeletion, type DeletedObject } from '../deletion';
import { itemOf, withId } from '../output';
import type { Item, Send } from '../request';

/** Deletes an object. The reply is empty, so the item says `{ deleted: true }`. */
export interface DeletePlan extends DeletedObject {
	kind: 'delete';
	/** The parameter with the object's ID */
	idFrom: string;
}

/**
 * Prepares deleting an object.
 *
 * @param item the input item and its request
 * @param plan the operation's plan
 * @returns what sends the request, or why the item cannot be carried out
 */
export function prepareDelete(
	{ parameters, request, attempt }: Item,
	{ idFrom, ...object }: DeletePlan,
): Send | Failure {
	const values = allOrFirstFailure({
		getPath: parameters.path(object.getPath ?? ''),
		id: parameters.trimmedId(idFrom),
	});
	if (values instanceof Failure) return values;
	return async (connection) => {
		const reply = await attempt.send(connection, request);
		const settled =
			reply instanceof Failure && reply.doubtful
				? await settleDeletion(connection, object, values.getPath, reply)
				: reply;
		if (settled instanceof Failure) return settled;
		attempt.noteCarriedOut();
		return itemOf({ ...withId(settled, values.id), deleted: true });
	};
}
