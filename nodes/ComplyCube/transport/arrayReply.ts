import type { Reply } from './exchange';

/**
 * Makes an object of a reply that ComplyCube documents as an array, because everything else here reads objects.
 *
 * @param reply what came back
 * @returns the reply with the array as `items` of its body; any other reply as it is
 */
export const withItems = (reply: Reply): Reply =>
	'status' in reply && Array.isArray(reply.body)
		? { ...reply, body: { items: reply.body } }
		: reply;
