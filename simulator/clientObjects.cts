import type { Clients } from './clients.cts';
import { Objects } from './objects.cts';
import type { ApiObject, Fields } from './objects.cts';
import type { Announce, Mode } from './resource.cts';
import type { Settings } from './settings.cts';

/** Objects that belong to a client; their creation names it. */
export abstract class ClientObjects<T extends ApiObject & { clientId: string }> extends Objects<T> {
	constructor(
		settings: Settings,
		announce: Announce,
		protected readonly clients: Clients,
	) {
		super(settings, announce);
	}

	/** @returns One client's objects, newest first. */
	ofClient(mode: Mode, clientId: string): T[] {
		return this.store
			.newestFirst(mode)
			.filter(({ data }) => data.clientId === clientId)
			.map((object) => this.catchUp(object).data);
	}

	protected override applyRules(fields: Fields, mode: Mode): Fields {
		this.clients.findReferenced(mode, String(fields.clientId), 'clientId');
		return fields;
	}
}
