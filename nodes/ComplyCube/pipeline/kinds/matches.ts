import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { Failure } from '../../transport/failure';
import { isPlainObject } from '../../values/plainObject';
import { quotable } from '../../values/text';
import { poll, type Polling } from '../polling';
import type { Item, Send } from '../request';

/** Reads the matches of a screening check: an item for each. */
export interface MatchesPlan {
	kind: 'matches';
	/** How to wait for the end, if the user asks for it */
	polling: Polling;
}

const SCREENING = /screening/;

/** A check that found nothing must not be mistaken for one that has not looked. */
function unscreened({ type, status }: IDataObject, outcome: unknown): Failure | undefined {
	const kind = quotable(type);
	if (kind && !SCREENING.test(kind)) {
		return new Failure(`Only screening checks have matches, and this is a ${kind}`, {
			description: "Use Get to read the check's result.",
		});
	}
	if (status === 'complete' && outcome !== 'not_processed') return undefined;
	const isPending = status === 'pending';
	const shown = quotable(status);
	const standing = shown ? `is '${shown}'` : 'has no status';
	const what = status === 'complete' ? 'was not processed' : standing;
	return new Failure(`The check ${what}, so it has no matches${isPending ? ' yet' : ''}`, {
		...(shown && { status: shown }),
		description: isPending
			? "Run this item again later, or turn on the option 'Wait for Outcome'."
			: 'It says nothing about the client: look at the check in the Web Portal before you go on.',
	});
}

/** The items of a check's matches, each as ComplyCube shows it and ready for Validate. */
function itemsOf(check: IDataObject): INodeExecutionData[] | Failure {
	const { id, clientId, entityName, type, result } = check;
	const { outcome, breakdown } = (isPlainObject(result) ? result : {}) as IDataObject;
	const failure = unscreened(check, outcome);
	if (failure) return failure;
	const matches = isPlainObject(breakdown) ? breakdown.matches : undefined;
	return (Array.isArray(matches) ? matches : []).filter(isPlainObject).map((match) => ({
		json: { checkId: id, clientId, entityName, checkType: type, matchId: match.id, match },
	}));
}

/**
 * Prepares reading the matches of a check, and waiting until it is complete if the user asks for that.
 *
 * @param item the input item and its request
 * @param plan the operation's plan
 * @returns what sends the request, or why the item cannot be carried out
 */
export function prepareMatches(
	{ parameters, request }: Item,
	{ polling }: MatchesPlan,
): Send | Failure {
	const wait = parameters.wait(polling);
	if (wait instanceof Failure) return wait;
	return async (connection) => {
		const reply = await connection.send(request);
		if (reply instanceof Failure) return reply;
		const check = wait ? await poll(connection, wait, reply, true) : reply;
		return check instanceof Failure ? check : itemsOf(check);
	};
}
