import { Failure } from '../../transport/failure';
import { allOrFirstFailure } from '../allOrFirstFailure';
import { itemOf, withId } from '../output';
import { poll, type Polling } from '../polling';
import type { Item, Send } from '../request';

/** Reads one object. */
export interface ReadPlan {
	kind: 'read';
	/** The parameter with the object's ID, where the reply leaves the ID out */
	idFrom?: string;
	/** The fields that 'Output' keeps when it is Simplified; without them there is no 'Output' */
	simplified?: string[];
	/** How to wait for the end, if the user asks for it */
	polling?: Polling;
}

/**
 * Prepares reading an object, and waiting until it is final if the user asks for that.
 *
 * @param item the input item and its request
 * @param plan the operation's plan
 * @returns what sends the request, or why the item cannot be carried out
 */
export function prepareRead(
	{ parameters, request }: Item,
	{ idFrom, simplified, polling }: ReadPlan,
): Send | Failure {
	const values = allOrFirstFailure({
		wait: parameters.wait(polling),
		fields: parameters.fields(simplified),
		id: parameters.trimmedId(idFrom),
	});
	if (values instanceof Failure) return values;
	const { wait, fields, id } = values;
	return async (connection) => {
		const reply = await connection.send(request);
		if (reply instanceof Failure) return reply;
		const object = withId(reply, id);
		return itemOf(wait ? await poll(connection, wait, object, true) : object, fields);
	};
}
