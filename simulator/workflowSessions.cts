import type { Checks } from './checks.cts';
import { wrongStatus } from './errors.cts';
import { withObject } from './lookup.cts';
import { listReply } from './pagination.cts';
import type { Announce, ApiCall, ApiReply, Collection, Mode, Route } from './resource.cts';
import { eachSeed } from './seeds.cts';
import type { Settings } from './settings.cts';
import { newId, Store, withoutEmpty } from './store.cts';

/** The documented object; unknown fields may be added, as a later version of the API may. */
export interface WorkflowSession {
	id: string;
	clientId: string;
	entityName: string;
	status: string;
	workflowTemplateId: string;
	workflowTemplateName: string;
	workflowTemplateDescription?: string;
	workflowId: string;
	workflowVersion: number;
	workflowDescription?: string;
	compliancePolicies?: object[];
	tasks?: object[];
	lastCompletedTaskId?: string;
	allRelatedChecks?: Array<{ checkId: string; type: string; taskId: string }>;
	/** May be set ahead; shown once the session is complete. */
	outcome?: string;
	createdAt: string;
	completedAt?: string;
	updatedAt: string;
	policyAssurance?: object[];
	[field: string]: unknown;
}

interface Hidden {
	mode: Mode;
	/** Of the client; decides the outcome in test mode. */
	lastName: string;
	/** How many times complete and cancel were accepted. */
	effects: { complete: number; cancel: number };
}

interface StoredSession extends Hidden {
	data: WorkflowSession;
	/** Epoch ms. */
	processingSince: number;
}

/** What to put in place; whatever is left out gets a sensible value. */
export interface WorkflowSessionSeed extends Partial<WorkflowSession> {
	mode?: Mode;
	lastName?: string;
	/** How many, each created a second before the next; 1 unless given. */
	count?: number;
}

/** The whole truth about a session, also what the API does not show yet. */
export type WorkflowSessionView = WorkflowSession & Hidden;

const SUMMARY_FIELDS = [
	'id',
	'clientId',
	'entityName',
	'status',
	'workflowTemplateName',
	'workflowTemplateId',
	'workflowId',
	'workflowVersion',
	'outcome',
	'createdAt',
	'updatedAt',
];

const PAYLOAD_FIELDS = ['id', 'clientId', 'status', 'outcome', 'createdAt', 'updatedAt'];

/** By the setting `sessionPayload`. */
const PAYLOADS = {
	summary: PAYLOAD_FIELDS,
	withTemplate: [...PAYLOAD_FIELDS, 'workflowTemplateId'],
	idOnly: ['id'],
};

/** What coming into a status is called as an event; spelled differently for `complete`. */
const EVENTS: Record<string, string> = {
	started: 'started',
	processing: 'processing',
	complete: 'completed',
	cancelled: 'cancelled',
	abandoned: 'abandoned',
};

/** How often to look whether processing has ended, in ms. */
const LOOK_EVERY_MS = 25;

const SHOWN_WHEN_COMPLETE = ['allRelatedChecks', 'outcome', 'completedAt'];

/** What a client with last name `attention` gets. [Testing Data], [Python client] */
const ATTENTION = { 'clear/attention': 'attention', 'clear/review/decline': 'review' } as const;

const CHECKS = ['document_check', 'identity_check', 'extensive_screening_check'];

/** @returns Checks of these types, as a session names them, one for each task. */
export const relate = (types: string[]) =>
	types.map((type, index) => ({ checkId: newId(), type, taskId: `task_${index + 1}` }));

const iso = (ms: number): string => new Date(ms).toISOString();

function read({ data }: StoredSession, field: string): unknown {
	return SHOWN_WHEN_COMPLETE.includes(field) && data.status !== 'complete'
		? undefined
		: data[field];
}

const show = (session: StoredSession, fields: string[]): Record<string, unknown> =>
	withoutEmpty(Object.fromEntries(fields.map((field) => [field, read(session, field)])));

const showWhole = (session: StoredSession) => show(session, Object.keys(session.data));

const relatedChecks = ({ mode, lastName, data }: StoredSession) => ({
	mode,
	clientId: data.clientId,
	entityName: data.entityName,
	lastName,
	checks: data.allRelatedChecks ?? [],
});

const view = ({ data, mode, lastName, effects }: StoredSession): WorkflowSessionView =>
	structuredClone({ ...data, mode, lastName, effects });

/**
 * Workflow sessions and their life: started -> processing -> complete, or started -> cancelled.
 * Abandoned is reached only by seeding or changing, as the time it takes is not documented.
 * [Workflow Sessions]
 */
export class WorkflowSessions implements Collection<WorkflowSessionSeed, WorkflowSessionView> {
	readonly name = 'workflowSessions';

	readonly routes: Route[] = [
		{ method: 'GET', path: '/workflowSessions', handle: (call) => this.listPage(call) },
		{
			method: 'GET',
			path: '/workflowSessions/:id',
			handle: (call) =>
				this.withSession(call, (session) => ({ status: 200, body: showWhole(session) })),
		},
		{
			method: 'POST',
			path: '/workflowSessions/:id/complete',
			startsChecks: true,
			handle: (call) => this.withSession(call, (session) => this.complete(session)),
		},
		{
			method: 'POST',
			path: '/workflowSessions/:id/cancel',
			handle: (call) => this.withSession(call, (session) => this.cancel(session)),
		},
	];

	private readonly store = new Store<StoredSession>();
	private readonly processing = new Set<StoredSession>();
	private watch?: NodeJS.Timeout;

	constructor(
		private readonly settings: Settings,
		private readonly announce: Announce,
		private readonly checks: Checks,
	) {}

	/** A client begins: the only way a session comes into being. */
	begin(fields: WorkflowSessionSeed): WorkflowSessionView {
		const session = this.build(fields, Date.now());
		this.store.add(session);
		this.tell(session, EVENTS.started);
		return view(session);
	}

	/** @returns Where a session is in its life; undefined when there is none. */
	statusOf(mode: Mode, id: string): string | undefined {
		const session = this.store.find(mode, id);
		return session && this.settle(session).data.status;
	}

	/** The client went through the whole flow of a session that is started. */
	finish(mode: Mode, id: string): void {
		const session = this.store.find(mode, id);
		if (session?.data.status === 'started') this.process(session);
	}

	/** The client broke off a session that is started. */
	abort(mode: Mode, id: string): void {
		const session = this.store.find(mode, id);
		if (session?.data.status === 'started') this.close(session);
	}

	/** Puts history in place, so that nothing is announced of it. */
	seed(seeds: WorkflowSessionSeed | WorkflowSessionSeed[] = {}): WorkflowSessionView[] {
		return eachSeed(seeds, (seed, createdMs) => {
			const session = this.build(seed, createdMs);
			this.store.add(session);
			this.enter(session);
			return view(session);
		});
	}

	list(): WorkflowSessionView[] {
		return this.store.all().map((session) => view(this.settle(session)));
	}

	change(id: string, changes: Record<string, unknown>): WorkflowSessionView | undefined {
		const session = this.store.locate(id);
		if (!session) return undefined;
		// Of a view that is sent back, these are not the session's own.
		const { lastName = session.lastName, id: _id, mode, effects, ...fields } = changes;
		const status = this.settle(session).data.status;
		const outcome = read(session, 'outcome');
		session.lastName = String(lastName);
		Object.assign(session.data, { updatedAt: iso(Date.now()) }, fields);
		for (const [field, value] of Object.entries(fields)) {
			if (value === null) delete session.data[field];
		}
		if (session.data.status !== status) {
			this.enter(session);
			this.tell(session, EVENTS[session.data.status]);
		} else if (read(session, 'outcome') !== outcome) {
			this.tell(session, 'updated');
		}
		this.store.resort();
		return view(session);
	}

	clear(): void {
		this.store.clear();
		this.processing.clear();
		this.settleAll();
	}

	private build(seed: WorkflowSessionSeed, createdMs: number): StoredSession {
		const { mode = 'test', lastName, ...fields } = seed;
		const createdAt = fields.createdAt ?? iso(createdMs);
		const checks = relate(CHECKS);
		return {
			mode,
			lastName: lastName ?? fields.entityName?.split(' ').at(-1) ?? 'Example',
			effects: { complete: 0, cancel: 0 },
			processingSince: 0,
			data: {
				id: newId(),
				clientId: newId(),
				entityName: `Ada ${lastName ?? 'Example'}`,
				status: 'started',
				workflowTemplateId: '68566be2a37a78622f4f7be3',
				workflowTemplateName: 'AML + Liveness + Document Verification flow',
				workflowId: '68566be3a37a78622f4f7be7',
				workflowVersion: 1,
				workflowDescription: 'Initial version',
				lastCompletedTaskId: checks.at(-1)?.taskId,
				allRelatedChecks: checks,
				createdAt,
				updatedAt: createdAt,
				...fields,
			},
		};
	}

	/** Gives a session that was put into a status what belongs to that status. */
	private enter(session: StoredSession): void {
		const { data } = session;
		if (data.status === 'processing') {
			session.processingSince = Date.now();
			this.processing.add(session);
			this.watch ??= setInterval(() => this.settleAll(), LOOK_EVERY_MS).unref();
		}
		if (data.status === 'complete') this.conclude(session, data.completedAt ?? data.updatedAt);
	}

	private conclude(session: StoredSession, completedAt: string): void {
		const attention = session.mode === 'test' && session.lastName === 'attention';
		session.data.outcome ??= attention ? ATTENTION[this.settings.outcomeVocabulary] : 'clear';
		session.data.completedAt = completedAt;
		this.checks.completeRelated(relatedChecks(session));
	}

	/** Brings a session up to the present, also before a reader sees it. */
	private settle(session: StoredSession): StoredSession {
		if (session.data.status !== 'processing') {
			this.processing.delete(session);
			return session;
		}
		const endsAt = session.processingSince + this.settings.processingMs;
		if (Date.now() >= endsAt) {
			this.processing.delete(session);
			session.data.status = 'complete';
			session.data.updatedAt = iso(endsAt);
			this.conclude(session, iso(endsAt));
			this.tell(session, EVENTS.complete);
		}
		return session;
	}

	/** By looking again and again, because `processingMs` may be changed meanwhile. */
	private settleAll(): void {
		for (const session of this.processing) this.settle(session);
		if (this.processing.size > 0) return;
		clearInterval(this.watch);
		this.watch = undefined;
	}

	/** @param change Last part of the event's type; undefined for none. */
	private tell(session: StoredSession, change: string | undefined): void {
		if (!change) return;
		this.announce({
			mode: session.mode,
			type: `workflow.session.${change}`,
			resourceType: this.settings.sessionResourceType,
			payload: show(session, PAYLOADS[this.settings.sessionPayload]),
		});
	}

	private withSession(call: ApiCall, act: (session: StoredSession) => ApiReply): ApiReply {
		return withObject(this.store, 'workflow session', call, this.settings, (session) =>
			act(this.settle(session)),
		);
	}

	/** [List workflow sessions]: summaries, without tasks, checks and policies. */
	private listPage({ mode, query }: ApiCall): ApiReply {
		return listReply(
			this.store.newestFirst(mode).map((session) => this.settle(session)),
			query,
			{
				filters: this.settings.sessionFilters,
				read,
				show: (session) => show(session, SUMMARY_FIELDS),
			},
			this.settings,
		);
	}

	/** [Complete a workflow session] */
	private complete(session: StoredSession): ApiReply {
		const { status } = session.data;
		const again = status === 'processing' || status === 'complete';
		const verdict = again ? this.settings.completeAgain : this.settings.completeWhenClosed;
		if (status !== 'started' && verdict === 'reject') return this.reject('completed', status);
		session.effects.complete += 1;
		this.process(session);
		return { status: 200, body: { status: 'processing' } };
	}

	/** [Cancel a workflow session]: only from started; body and error not documented. */
	private cancel(session: StoredSession): ApiReply {
		if (session.data.status !== 'started') return this.reject('cancelled', session.data.status);
		session.effects.cancel += 1;
		this.close(session);
		const bodies = {
			status: { status: 'cancelled' },
			session: showWhole(session),
			empty: undefined,
		};
		return { status: 200, body: bodies[this.settings.cancelReply] };
	}

	private process(session: StoredSession): void {
		session.data.lastCompletedTaskId ??= session.data.allRelatedChecks?.at(-1)?.taskId;
		session.data.status = 'processing';
		session.data.updatedAt = iso(Date.now());
		this.tell(session, EVENTS.processing);
		this.checks.startRelated(relatedChecks(session));
		// Last, so that no check is still pending when the session is complete.
		this.enter(session);
	}

	private close(session: StoredSession): void {
		session.data.status = 'cancelled';
		session.data.updatedAt = iso(Date.now());
		this.tell(session, EVENTS.cancelled);
	}

	private reject(action: string, status: string): ApiReply {
		return wrongStatus(
			this.settings.wrongStatusCode,
			`A workflow session with status '${status}' cannot be ${action}`,
		);
	}
}
