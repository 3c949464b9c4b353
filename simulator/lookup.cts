import { invalidRequest, notFound } from './errors.cts';
import type { ApiCall, ApiReply } from './resource.cts';
import type { Settings } from './settings.cts';
import type { Store, Stored } from './store.cts';

/**
 * @param thing What the API calls the object in messages, e.g. `webhook`.
 * @param act What to do with the object.
 * @returns The reply to a call with an `:id`; that of `act`, or the refusal of the ID.
 */
export function withObject<T extends Stored>(
	store: Store<T>,
	thing: string,
	{ mode, params: { id } }: ApiCall,
	settings: Settings,
	act: (object: T) => ApiReply,
): ApiReply {
	if (settings.malformedIdReply === 'invalidRequest' && !/^[0-9a-f]{24}$/i.test(id)) {
		return invalidRequest(`Invalid ${thing} id '${id}'`, 'id');
	}
	const object = store.find(mode, id);
	return object ? act(object) : notFound(thing, id);
}
