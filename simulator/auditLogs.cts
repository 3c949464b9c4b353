import { z } from 'zod';
import { isObject } from './mergePatch.cts';
import { Objects } from './objects.cts';
import type { ApiObject, Fields, StoredObject } from './objects.cts';
import type { Occurrence, Route } from './resource.cts';
import { newId } from './store.cts';

interface Difference {
	action: 'new' | 'delete' | 'update' | 'add';
	path: Array<string | number>;
	old?: unknown;
	new?: unknown;
}

/** The documented object. [Audit Logs] */
export interface AuditLog extends ApiObject {
	/** Whoever did it in the Web Portal; nobody for a request of the API. */
	memberId?: string;
	resourceType: string;
	resourceId: string;
	clientId?: string;
	/** E.g. `updateClient`. */
	trigger: string;
	action: 'create' | 'update' | 'delete' | 'add';
	/** Left out in lists. */
	diff?: Difference[];
}

/** What changed, by the last part of an event's type. Anything else is no change by somebody. */
const ACTIONS: Record<string, AuditLog['action']> = {
	created: 'create',
	// Of a check: there is no event of its creation
	pending: 'create',
	updated: 'update',
	deleted: 'delete',
	added: 'add',
};

/** The types of object that the documentation lists and the simulator has. */
const RESOURCE_TYPES = ['address', 'check', 'client', 'customList', 'document', 'workflowSession'];

/** Lists what is different after a change. */
function differences(before: unknown, after: unknown, path: string[] = []): Difference[] {
	if (isObject(before) && isObject(after)) {
		const names = new Set([...Object.keys(before), ...Object.keys(after)]);
		return [...names].flatMap((name) => differences(before[name], after[name], [...path, name]));
	}
	if (JSON.stringify(before) === JSON.stringify(after)) return [];
	if (before === undefined) return [{ action: 'new', path, new: after }];
	if (after === undefined) return [{ action: 'delete', path, old: before }];
	return [{ action: 'update', path, old: before, new: after }];
}

/** Who changed what, and when. [Audit Logs] */
export class AuditLogs extends Objects<AuditLog> {
	readonly name = 'auditLogs';
	protected readonly thing = 'audit log';
	protected readonly inputs = z.object({});
	protected override readonly hidden = ['updatedAt'];
	protected override readonly filters = [
		'memberId',
		'resourceType',
		'resourceId',
		'clientId',
		'trigger',
		'action',
	];
	protected override readonly isListedByClient = false;

	readonly routes: Route[] = [this.getRoute(), this.listRoute()];

	/** Enters what happened to an object at once, if somebody changed it. [PHP client] */
	note({ mode, type, resourceType, payload, before, after }: Occurrence): void {
		const action = ACTIONS[type.split('.')[1] ?? ''];
		if (!action || !RESOURCE_TYPES.includes(resourceType)) return;
		const diff = before && after && differences(before, { ...after, updatedAt: before.updatedAt });
		this.insert(mode, {
			resourceType,
			resourceId: payload.id,
			clientId: resourceType === 'client' ? payload.id : payload.clientId,
			trigger: `${action}${resourceType[0].toUpperCase()}${resourceType.slice(1)}`,
			action,
			diff,
		});
	}

	protected defaults(): Fields {
		const clientId = newId();
		return {
			memberId: 'VNARgK33nMASdJKdi',
			resourceType: 'client',
			resourceId: clientId,
			clientId,
			trigger: 'updateClient',
			action: 'update',
			diff: [{ action: 'update', path: ['personDetails', 'firstName'], old: 'Joe', new: 'John' }],
		};
	}

	protected override listItem(object: StoredObject<AuditLog>): Fields {
		const { diff: _diff, ...rest } = super.listItem(object);
		return rest;
	}
}
