import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Checks } from './checks.cts';
import { ClientObjects } from './clientObjects.cts';
import type { Client, Clients } from './clients.cts';
import { notFound, Refusal } from './errors.cts';
import type { ApiObject, Fields, StoredObject } from './objects.cts';
import type { Announce, Mode, Route } from './resource.cts';
import type { Settings, WorkflowTemplate } from './settings.cts';
import { newId } from './store.cts';
import { parse, refuse, text } from './validation.cts';
import { newRelatedChecks } from './workflowSessions.cts';
import type { WorkflowSessions } from './workflowSessions.cts';

const webAddress = z
	.string()
	.url()
	.regex(/^https?:/i, 'an http or https URL is expected');

const inputs = z.object({
	clientId: text,
	workflowTemplateId: text.optional(),
	checkTypes: z
		.array(
			z.enum([
				'standard_screening_check',
				'extensive_screening_check',
				'document_check',
				'identity_check',
				'enhanced_identity_check',
				'proof_of_address_check',
				'face_authentication_check',
				'age_estimation_check',
			]),
		)
		.min(1)
		.optional(),
	successUrl: webAddress,
	cancelUrl: webAddress,
	enableMonitoring: z.boolean().default(false),
	language: z
		.enum([
			...(['en', 'ar', 'de', 'es', 'fr', 'hi', 'hk', 'id', 'it', 'ja'] as const),
			...(['ko', 'nl', 'no', 'pl', 'pt', 'sv', 'th', 'vi', 'zh'] as const),
		])
		.default('en'),
	theme: z.enum(['light', 'dark']).default('light'),
	allowDocumentUpload: z.boolean().default(true),
	supportEmail: z.string().email().optional(),
	messages: z.record(z.unknown()).optional(),
	documentTypes: z
		.object({
			passport: z.boolean(),
			driving_license: z.boolean(),
			residence_permit: z.boolean(),
			national_identity_card: z.boolean(),
		})
		.partial()
		.optional(),
	shortUrl: z.boolean().default(false),
});

/** How far the applicant has come. */
export type Step = 'ready' | 'started' | 'finished' | 'cancelled';

/** The inputs and the progress of a hosted session; the API shows nothing but the link. */
export interface FlowSession extends ApiObject, z.infer<typeof inputs> {
	step: Step;
	/** Last part of the short link. */
	code: string;
	redirectUrl: string;
	/** Set once the applicant has started, if the session runs a workflow. */
	workflowSessionId?: string;
}

/** What the applicant sees. */
export interface Visit {
	session: FlowSession;
	entityName: string;
	/** The name of the workflow, or of the checks. */
	purpose: string;
}

/** Paths below the simulator's origin; the pages need no key. */
export const PAGE_PATH = '/flow';
export const SHORT_PATH = '/f';

/**
 * Hosted pages that take a client through a workflow or checks. [Create a session (via workflows)]
 */
export class FlowSessions extends ClientObjects<FlowSession> {
	readonly name = 'flowSessions';
	protected readonly thing = 'flow session';
	protected readonly inputs = inputs;

	readonly routes: Route[] = [
		{
			method: 'POST',
			path: '/flow/sessions',
			handle: ({ mode, body }) => {
				const session = this.insert(mode, this.applyRules(parse(inputs, body), mode));
				return { status: 200, body: { redirectUrl: session.data.redirectUrl } };
			},
		},
	];

	/** @param origin Returns the address of the simulator, known only once it listens. */
	constructor(
		settings: Settings,
		announce: Announce,
		clients: Clients,
		private readonly checks: Checks,
		private readonly workflowSessions: WorkflowSessions,
		private readonly origin: () => string,
	) {
		super(settings, announce, clients);
	}

	/** @returns The session of a short link. */
	findByCode(code: string): FlowSession | undefined {
		return this.store.all().find(({ data }) => data.code === code)?.data;
	}

	/** @returns What the page shows; undefined when the link is not valid. */
	visitOf(id: string): Visit | undefined {
		const stored = this.findWithContext(id);
		if (!stored) return undefined;
		const { session, client, template } = stored;
		const purpose = template?.name ?? (session.checkTypes ?? []).join(', ').replaceAll('_', ' ');
		return { session, entityName: client.entityName, purpose };
	}

	/** The applicant opens the link. */
	open(id: string): void {
		if (this.settings.applicantBegins === 'open') this.start(id);
	}

	/** The applicant starts; only the first time counts. */
	start(id: string): void {
		const stored = this.findWithContext(id);
		if (stored?.session.step !== 'ready') return;
		const { mode, session, client, template } = stored;
		session.step = 'started';
		if (!template) return;
		session.workflowSessionId = this.workflowSessions.start(mode, {
			clientId: client.id,
			entityName: client.entityName,
			lastName: client.personDetails?.lastName ?? '',
			workflowTemplateId: template.id,
			workflowTemplateName: template.name,
			workflowId: template.workflowId,
			workflowVersion: template.version,
			allRelatedChecks: newRelatedChecks(template.checkTypes),
			lastCompletedTaskId: undefined,
		}).id;
	}

	/** The applicant has gone through everything. */
	finish(id: string): void {
		const stored = this.findWithContext(id);
		if (stored?.session.step !== 'started') return;
		const { mode, session } = stored;
		session.step = 'finished';
		const { workflowSessionId, clientId, enableMonitoring } = session;
		if (!workflowSessionId) {
			for (const type of session.checkTypes ?? []) {
				this.checks.start(mode, { clientId, type, enableMonitoring });
			}
		} else if (this.settings.applicantFinish === 'completes') {
			this.workflowSessions.finish(mode, workflowSessionId);
		}
	}

	/**
	 * The applicant cancels. Before the start there is nothing to cancel, and the link stays valid.
	 */
	cancel(id: string): void {
		const stored = this.findWithContext(id);
		if (stored?.session.step !== 'started' || this.settings.applicantCancel !== 'cancels') return;
		const { mode, session } = stored;
		session.step = 'cancelled';
		if (session.workflowSessionId) this.workflowSessions.abort(mode, session.workflowSessionId);
	}

	protected defaults(): Fields {
		return {
			clientId: newId(),
			workflowTemplateId: this.settings.workflowTemplates[0]?.id,
			successUrl: 'https://example.com/success',
			cancelUrl: 'https://example.com/cancelled',
			theme: 'light',
		};
	}

	protected override applyRules(fields: Fields, mode: Mode): Fields {
		const { workflowTemplateId, checkTypes } = fields as z.infer<typeof inputs>;
		super.applyRules(fields, mode);
		if (workflowTemplateId) this.refuseUnusableTemplate(workflowTemplateId);
		else if (!checkTypes) {
			refuse("Either 'workflowTemplateId' or 'checkTypes' must be provided", 'workflowTemplateId');
		}
		return fields;
	}

	protected override insert(mode: Mode, fields: Fields): StoredObject<FlowSession> {
		const id = String(fields.id ?? newId());
		const code = randomBytes(6).toString('base64url');
		const path = fields.shortUrl ? `${SHORT_PATH}/${code}` : `${PAGE_PATH}/${id}`;
		const redirectUrl = `${this.origin()}${path}`;
		return super.insert(mode, { id, code, redirectUrl, step: 'ready', ...fields });
	}

	/** "The active version is used; if none is active the request fails." */
	private refuseUnusableTemplate(id: string): void {
		if (this.settings.workflowTemplates.some((one) => one.id === id && one.active)) return;
		if (this.settings.unusableTemplateReply === 'notFound') {
			throw new Refusal(notFound('workflow template', id));
		}
		refuse(`Workflow template '${id}' has no active version`, 'workflowTemplateId');
	}

	/**
	 * Finds a session, and brings its step in line with its workflow session, e.g. after a cancel by
	 * the API.
	 */
	private findWithContext(
		id: string,
	): { mode: Mode; session: FlowSession; client: Client; template?: WorkflowTemplate } | undefined {
		const stored = this.store.findInAnyMode(id);
		const client = stored && this.clients.find(stored.mode, stored.data.clientId);
		if (!stored || !client) return undefined;
		const { mode, data: session } = stored;
		const { workflowSessionId, workflowTemplateId } = session;
		const status = workflowSessionId && this.workflowSessions.find(mode, workflowSessionId)?.status;
		if (session.step === 'started' && status && status !== 'started') {
			session.step = ['processing', 'complete'].includes(status) ? 'finished' : 'cancelled';
		}
		const template = this.settings.workflowTemplates.find((one) => one.id === workflowTemplateId);
		return { mode, session, client, template };
	}
}
