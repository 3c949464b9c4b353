import { invalidRequest, notFound } from './errors.cts';
import type { ApiCall, ApiReply } from './resource.cts';
import type { Settings } from './settings.cts';
import type { Store, Stored } from './store.cts';

/**
 * @param thing What the error calls it, e.g. `workflow session`.
 * @param call Its path names the object by `:id`.
 * @param act Makes the reply when there is such an object in the caller's mode.
 * @returns That reply, or the error.
 */
export function withStored<T extends Stored>(
	store: Store<T>,
	thing: string,
	{ malformedIdReply }: Settings,
	{ mode, params: { id } }: ApiCall,
	act: (object: T) => ApiReply,
): ApiReply {
	if (malformedIdReply === 'invalidRequest' && !/^[0-9a-f]{24}$/i.test(id)) {
		return invalidRequest(`Invalid ${thing} id '${id}'`, 'id');
	}
	const object = store.find(mode, id);
	return object ? act(object) : notFound(thing, id);
}
