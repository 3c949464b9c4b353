import { z } from 'zod';
import type { Checks, RelatedChecks } from './checks.cts';
import { wrongStatus } from './errors.cts';
import { Objects } from './objects.cts';
import type { ApiObject, Fields, Seed, StoredObject, View } from './objects.cts';
import type { Announce, ApiReply, Mode, Route } from './resource.cts';
import type { Settings } from './settings.cts';
import { newId, withoutEmpty } from './store.cts';
import { isoTime } from './time.cts';

/** The documented object; a seed may add unknown fields, as a later version of the API may. */
export interface WorkflowSession extends ApiObject {
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
	/** May be set ahead; the API shows it once the session is complete. */
	outcome?: string;
	completedAt?: string;
	policyAssurance?: object[];
	/** The client's; decides the outcome in test mode. Not shown. */
	lastName: string;
	/** How many times complete and cancel were accepted. Not shown. */
	effects: { complete: number; cancel: number };
	/** When processing began, in epoch ms. Not shown. */
	processingSince: number;
}

export type WorkflowSessionSeed = Seed<WorkflowSession>;

export type WorkflowSessionView = View<WorkflowSession>;

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

/** The last part of the event's type, by the status that a session enters. */
const EVENT_BY_STATUS: Record<string, string | undefined> = {
	started: 'started',
	processing: 'processing',
	complete: 'completed',
	cancelled: 'cancelled',
	abandoned: 'abandoned',
};

/** How often to look whether processing has ended, in ms. */
const POLL_INTERVAL_MS = 25;

const SHOWN_WHEN_COMPLETE = ['allRelatedChecks', 'outcome', 'completedAt'];

/** The outcome for a client with last name `attention`. [Testing Data], [Python client] */
const ATTENTION = { 'clear/attention': 'attention', 'clear/review/decline': 'review' } as const;

const CHECK_TYPES = ['document_check', 'identity_check', 'extensive_screening_check'];

/** @returns New references to checks of these types, one for each task of a session. */
export const newRelatedChecks = (types: string[]) =>
	types.map((type, index) => ({ checkId: newId(), type, taskId: `task_${index + 1}` }));

const relatedChecksOf = ({ mode, data }: StoredObject<WorkflowSession>): RelatedChecks => ({
	mode,
	clientId: data.clientId,
	entityName: data.entityName,
	lastName: data.lastName,
	checks: data.allRelatedChecks ?? [],
});

/**
 * Workflow sessions and their life cycle: started -> processing -> complete, or started ->
 * cancelled. Only seeding or changing makes one abandoned, because the documentation does not say
 * how long that takes. [Workflow Sessions]
 */
export class WorkflowSessions extends Objects<WorkflowSession> {
	readonly name = 'workflowSessions';
	protected readonly thing = 'workflow session';
	protected readonly inputs = z.object({});
	protected override readonly hidden = ['lastName', 'effects', 'processingSince'];
	protected override readonly isListedByClient = false;

	readonly routes: Route[] = [
		this.listRoute(),
		this.getRoute(),
		{
			...this.actionRoute('POST', '/complete', (session) => this.complete(session)),
			countsInQuota: true,
		},
		this.actionRoute('POST', '/cancel', (session) => this.cancel(session)),
	];

	private readonly processing = new Set<StoredObject<WorkflowSession>>();
	private poll?: NodeJS.Timeout;

	constructor(
		settings: Settings,
		announce: Announce,
		private readonly checks: Checks,
	) {
		super(settings, announce);
	}

	/** Starts the session of an applicant; the API itself creates none. */
	start(mode: Mode, fields: Partial<WorkflowSession>): WorkflowSession {
		const session = this.insert(mode, { ...this.defaults(fields), ...fields });
		this.announceStatus(session);
		return session.data;
	}

	/** The applicant has gone through the whole flow: a started session begins processing. */
	finish(mode: Mode, id: string): void {
		const session = this.store.find(mode, id);
		if (session?.data.status === 'started') this.startProcessing(session);
	}

	/** The applicant has broken off: a started session becomes cancelled. */
	abort(mode: Mode, id: string): void {
		const session = this.store.find(mode, id);
		if (session?.data.status === 'started') this.markCancelled(session);
	}

	override change(id: string, changes: Fields): WorkflowSessionView | undefined {
		// A caller may send back a whole view; what took effect stays counted.
		const { effects: _effects, ...fields } = changes;
		return super.change(id, fields);
	}

	override clear(): void {
		super.clear();
		this.processing.clear();
		this.pollProcessing();
	}

	protected defaults({ lastName, entityName }: WorkflowSessionSeed): Fields {
		const checks = newRelatedChecks(CHECK_TYPES);
		return {
			clientId: newId(),
			entityName: `Ada ${lastName ?? 'Example'}`,
			lastName: entityName?.split(' ').at(-1) ?? 'Example',
			status: 'started',
			workflowTemplateId: '68566be2a37a78622f4f7be3',
			workflowTemplateName: 'AML + Liveness + Document Verification flow',
			workflowId: '68566be3a37a78622f4f7be7',
			workflowVersion: 1,
			workflowDescription: 'Initial version',
			lastCompletedTaskId: checks.at(-1)?.taskId,
			allRelatedChecks: checks,
			effects: { complete: 0, cancel: 0 },
			processingSince: 0,
		};
	}

	protected override afterSeed(session: StoredObject<WorkflowSession>): void {
		this.applyStatus(session);
	}

	protected override afterChange(
		session: StoredObject<WorkflowSession>,
		before: WorkflowSession,
	): void {
		const outcomeBefore = this.apiBody({ mode: session.mode, data: before }).outcome;
		if (session.data.status !== before.status) {
			this.applyStatus(session);
			this.announceStatus(session);
		} else if (this.apiBody(session).outcome !== outcomeBefore) {
			this.announceEvent('updated', session);
		}
	}

	protected override catchUp(
		session: StoredObject<WorkflowSession>,
	): StoredObject<WorkflowSession> {
		const { data } = session;
		const endsAt = data.processingSince + this.settings.processingMs;
		if (data.status !== 'processing') {
			this.processing.delete(session);
		} else if (Date.now() >= endsAt) {
			this.processing.delete(session);
			data.status = 'complete';
			data.updatedAt = isoTime(endsAt);
			this.recordOutcome(session, data.updatedAt);
			this.announceStatus(session);
		}
		return session;
	}

	protected override isShown(field: string, session: WorkflowSession): boolean {
		const isPremature = SHOWN_WHEN_COMPLETE.includes(field) && session.status !== 'complete';
		return super.isShown(field, session) && !isPremature;
	}

	/** [List workflow sessions]: summaries, without tasks, checks and policies. */
	protected override listItem(session: StoredObject<WorkflowSession>): Fields {
		return this.summary(session, SUMMARY_FIELDS);
	}

	protected override filtersFor(): string[] {
		return this.settings.sessionFilters;
	}

	protected override announceEvent(change: string, session: StoredObject<WorkflowSession>): void {
		this.announce({
			mode: session.mode,
			type: `workflow.session.${change}`,
			resourceType: this.settings.sessionResourceType,
			payload: this.summary(session, PAYLOADS[this.settings.sessionPayload]),
		});
	}

	private summary({ data }: StoredObject<WorkflowSession>, fields: string[]): Fields {
		const shown = fields.filter((field) => this.isShown(field, data));
		return withoutEmpty(Object.fromEntries(shown.map((field) => [field, data[field]])));
	}

	private announceStatus(session: StoredObject<WorkflowSession>): void {
		const change = EVENT_BY_STATUS[session.data.status];
		if (change) this.announceEvent(change, session);
	}

	/** Gives a session what the status that it has just entered implies. */
	private applyStatus(session: StoredObject<WorkflowSession>): void {
		const { data } = session;
		if (data.status === 'processing') {
			data.processingSince = Date.now();
			this.processing.add(session);
			this.poll ??= setInterval(() => this.pollProcessing(), POLL_INTERVAL_MS).unref();
		}
		if (data.status === 'complete') this.recordOutcome(session, data.completedAt ?? data.updatedAt);
	}

	private recordOutcome(session: StoredObject<WorkflowSession>, completedAt: string): void {
		const { mode, data } = session;
		const attention = mode === 'test' && data.lastName === 'attention';
		data.outcome ??= attention ? ATTENTION[this.settings.outcomeVocabulary] : 'clear';
		data.completedAt = completedAt;
		this.checks.completeRelated(relatedChecksOf(session));
	}

	/** Polls instead of waiting once, because `processingMs` may change while sessions process. */
	private pollProcessing(): void {
		for (const session of this.processing) this.catchUp(session);
		if (this.processing.size > 0) return;
		clearInterval(this.poll);
		this.poll = undefined;
	}

	/** [Complete a workflow session] */
	private complete(session: StoredObject<WorkflowSession>): ApiReply {
		const { status } = session.data;
		const isRepeat = status === 'processing' || status === 'complete';
		const rule = isRepeat ? this.settings.completeAgain : this.settings.completeWhenClosed;
		if (status !== 'started' && rule === 'reject')
			return this.wrongStatusReply('completed', status);
		session.data.effects.complete += 1;
		this.startProcessing(session);
		return { status: 200, body: { status: 'processing' } };
	}

	/** [Cancel a workflow session]: only a started one; body and error are not documented. */
	private cancel(session: StoredObject<WorkflowSession>): ApiReply {
		const { status } = session.data;
		if (status !== 'started') return this.wrongStatusReply('cancelled', status);
		session.data.effects.cancel += 1;
		this.markCancelled(session);
		const bodies = {
			status: { status: 'cancelled' },
			session: this.apiBody(session),
			empty: undefined,
		};
		return { status: 200, body: bodies[this.settings.cancelReply] };
	}

	private startProcessing(session: StoredObject<WorkflowSession>): void {
		const { data } = session;
		data.lastCompletedTaskId ??= data.allRelatedChecks?.at(-1)?.taskId;
		data.status = 'processing';
		data.updatedAt = isoTime();
		this.announceStatus(session);
		this.checks.startRelated(relatedChecksOf(session));
		// Last, so that no check is still pending when the session is complete.
		this.applyStatus(session);
	}

	private markCancelled(session: StoredObject<WorkflowSession>): void {
		session.data.status = 'cancelled';
		session.data.updatedAt = isoTime();
		this.announceStatus(session);
	}

	private wrongStatusReply(action: string, status: string): ApiReply {
		return wrongStatus(
			this.settings.wrongStatusCode,
			`A workflow session with status '${status}' cannot be ${action}`,
		);
	}
}
