import { Failure } from '../../transport/failure';
import { pathSegment } from '../../transport/pathSegment';
import { allOrFirstFailure } from '../allOrFirstFailure';
import { completedBody, type BodyStep } from '../body';
import { itemOf } from '../output';
import type { Item, Send } from '../request';

/** Creates an object, and before it the one that it is for. */
export interface CreateForPlan {
	kind: 'createFor';
	/** The object that it is for */
	owner: {
		/** What it is called in a sentence, e.g. "client" */
		object: string;
		/** Which of the body's fields are its own */
		fields: string[];
		/** Where its ID is in the body of the other one, and in the output */
		id: string;
		/** Path of the POST that creates it */
		path: string;
		/** For when it is not known whether it was created: what to tell the user to do */
		inDoubt: string;
	};
	/** What it is called in a sentence, e.g. "link" */
	object: string;
	/** Turns what the fields put into the body into what ComplyCube wants, in order */
	body: BodyStep[];
	/** For when the owner was created, and the object not, or not for certain: what to tell the user to do */
	halfDone: string;
}

const NO_ID = new Failure('ComplyCube did not say which ID the new object has', {}, true);

/** Says of an item whose second half failed what there is already. Advice on the failure itself would be about the whole item. */
const halfDone = ({ owner, object, halfDone: advice }: CreateForPlan, id: string, why: Failure) =>
	new Failure(
		why.doubtful
			? `The ${owner.object} was created (ID ${id}), but it is not known whether the ${object} was. ${why.message}`
			: `The ${owner.object} was created (ID ${id}), but the ${object} was not. ${why.message}`,
		{ ...why.details, description: advice },
		why.doubtful,
		why.cause,
	);

/**
 * Prepares creating an object, and before it the one that it is for.
 *
 * @param item the input item and its request
 * @param plan the operation's plan
 * @returns what sends the requests, or why the item cannot be carried out
 */
export function prepareCreateFor(
	{ request, body, attempt }: Item,
	plan: CreateForPlan,
): Send | Failure {
	const { owner } = plan;
	const entries = Object.entries(body);
	const isOwners = ([name]: [string, unknown]) => owner.fields.includes(name);
	const others = entries.filter((entry) => !isOwners(entry));
	const values = allOrFirstFailure({
		owner: completedBody(Object.fromEntries(entries.filter(isOwners)), [], false),
		body: completedBody(Object.fromEntries(others), plan.body, false),
	});
	if (values instanceof Failure) return values;
	return async (connection) => {
		const first = { ...request, path: owner.path, body: values.owner };
		const created = await attempt.send(connection, first);
		if (created instanceof Failure) return created.advisingIfDoubtful(owner.inDoubt);
		const id = pathSegment(created.id, owner.id);
		if (id instanceof Failure) return NO_ID.advising(owner.inDoubt);
		const second = { ...request, body: { ...values.body, [owner.id]: created.id } };
		const reply = await attempt.send(connection, second);
		if (reply instanceof Failure) return halfDone(plan, id, reply);
		attempt.noteCarriedOut();
		return itemOf({ [owner.id]: created.id, ...reply });
	};
}
