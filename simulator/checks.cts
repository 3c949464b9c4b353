import type { z } from 'zod';
import type { Addresses } from './addresses.cts';
import {
	inputs,
	redactionInputs,
	REQUIRED_REFERENCES,
	updateInputs,
	validationInputs,
} from './checkInputs.cts';
import type { Reference } from './checkInputs.cts';
import { isScreening, resultOf, screeningOutcome } from './checkResults.cts';
import type { CheckResult } from './checkResults.cts';
import { ClientObjects } from './clientObjects.cts';
import type { Clients } from './clients.cts';
import type { Document, Documents } from './documents.cts';
import { processingError, Refusal } from './errors.cts';
import { formatByContent } from './images.cts';
import type { LivePhotos } from './livePhotos.cts';
import type { LiveVideos } from './liveVideos.cts';
import { mergePatch } from './mergePatch.cts';
import type { ApiObject, Fields, Seed, StoredObject } from './objects.cts';
import { redactionReply } from './redaction.cts';
import type { Announce, ApiReply, Mode, Route } from './resource.cts';
import type { Settings } from './settings.cts';
import { newId } from './store.cts';
import { isoTime } from './time.cts';
import { parse, refuse } from './validation.cts';

/** The documented object. [Checks] */
export interface Check extends ApiObject, Omit<z.infer<typeof inputs>, 'type'> {
	type: string;
	entityName: string;
	status: string;
	/** May be set ahead; the API shows it once the check is complete. */
	result?: CheckResult;
	/** The client's; decides the outcome in test mode. Not shown. */
	lastName: string;
	/** When it became pending, in epoch ms. Not shown. */
	pendingSince: number;
	/** The verdicts on a screening, by match ID. Not shown. */
	validations?: Record<string, string>;
}

/** The resources that a check refers to, besides its client. */
export interface References {
	documentId: Documents;
	addressId: Addresses;
	livePhotoId: LivePhotos;
	liveVideoId: LiveVideos;
}

/** The checks of a workflow session, and the client they are about. */
export interface RelatedChecks {
	mode: Mode;
	clientId: string;
	entityName: string;
	lastName: string;
	checks: Array<{ checkId: string; type: string }>;
}

/** In test mode, the last name decides. [Testing Data] */
const OUTCOME_BY_LAST_NAME = new Map([
	['attention', 'attention'],
	['failed', 'not_processed'],
]);

/** For all checks but screenings. [Validate check outcome] */
const OUTCOME_BY_VALIDATION = { confirmed: 'clear', rejected: 'rejected', attention: 'attention' };

/** @throws {Refusal} The processing error of a document that cannot be checked. [Errors] */
function refuseUnfitDocument(
	{ type, issuingCountry, images = [] }: Document,
	settings: Settings,
): void {
	const fail = (error: string, message: string) => {
		throw new Refusal(processingError(error, message));
	};
	const sides = images.map(({ documentSide }) => documentSide);
	if (type === 'unknown') fail('document_type_undetected', 'The document type is unknown');
	if (!issuingCountry) {
		fail('document_requires_issuing_country', 'The document should have an issuing country');
	}
	// The documentation requires it, but does not name the error.
	if (!sides.includes('front')) refuse('The document should have a front image', 'documentId');
	if (settings.twoSidedDocuments.includes(type) && !sides.includes('back')) {
		fail('two_sides_expected', 'The document should have a front and a back image');
	}
	if (!images.every(({ data }) => formatByContent(data))) {
		fail('unsupported_document_format', 'The images should be JPG, PNG or PDF');
	}
}

/**
 * Checks and their life cycle: pending -> complete, after `processingMs`. Only seeding or changing
 * makes one failed. [Checks]
 */
export class Checks extends ClientObjects<Check> {
	readonly name = 'checks';
	protected readonly thing = 'check';
	protected override readonly event = 'check';
	protected readonly inputs = inputs;
	protected override readonly hidden = ['lastName', 'pendingSince', 'validations'];
	protected override readonly filters = [
		...['clientId', 'type', 'status', 'result.outcome'],
		...['documentId', 'addressId', 'livePhotoId', 'liveVideoId'],
	];
	protected override readonly isListedByClient = false;

	readonly routes: Route[] = [
		{
			method: 'POST',
			path: '/checks',
			countsInQuota: true,
			handle: ({ mode, body }) => this.okReply(this.create(mode, body)),
		},
		this.getRoute(),
		this.listRoute(),
		this.actionRoute('POST', '', (check, { body }) => this.update(check, body)),
		this.actionRoute('POST', '/validate', (check, { body }) => this.validate(check, body)),
		this.actionRoute('POST', '/redact', (check, { body }) => this.redact(check, body)),
	];

	private readonly timers = new Map<string, NodeJS.Timeout>();

	constructor(
		settings: Settings,
		announce: Announce,
		clients: Clients,
		private readonly references: References,
	) {
		super(settings, announce, clients);
	}

	/**
	 * Starts a check for the API, or at the end of a hosted session.
	 *
	 * @throws {Refusal} When there is no such client.
	 */
	start(mode: Mode, fields: { clientId: string; type: string; [field: string]: unknown }): Check {
		const { entityName, personDetails } = this.clients.findReferenced(
			mode,
			fields.clientId,
			'clientId',
		);
		const lastName = personDetails?.lastName ?? '';
		const check = this.insert(mode, { entityName, lastName, ...fields });
		this.startProcessing(check);
		return check.data;
	}

	/** Starts the checks of a workflow session, anew if they have run before. */
	startRelated(related: RelatedChecks): void {
		for (const check of this.findOrCreateRelated(related)) {
			check.data.updatedAt = isoTime();
			delete check.data.result;
			delete check.data.validations;
			this.startProcessing(check);
		}
	}

	/** Completes the checks of a complete workflow session, and creates those that are missing. */
	completeRelated(related: RelatedChecks): void {
		for (const check of this.findOrCreateRelated(related)) {
			if (check.data.status === 'pending') this.complete(check, isoTime());
			else this.recordResult(check);
		}
	}

	/** @returns Whether a check was made with this live photo. */
	usesLivePhoto(id: string): boolean {
		return this.store.all().some(({ data }) => data.livePhotoId === id);
	}

	override clear(): void {
		this.stop();
		super.clear();
	}

	/** Clears all timers, so that pending checks stay pending until read. */
	stop(): void {
		for (const timer of this.timers.values()) clearTimeout(timer);
		this.timers.clear();
	}

	protected defaults({ lastName = 'Example' }: Seed<Check>): Fields {
		return {
			clientId: newId(),
			entityName: `Ada ${lastName}`,
			lastName,
			type: 'extensive_screening_check',
			enableMonitoring: false,
			status: 'complete',
			pendingSince: Date.now(),
		};
	}

	protected override afterSeed(check: StoredObject<Check>): void {
		if (check.data.status === 'pending') this.schedule(check);
		if (check.data.status === 'complete') this.recordResult(check);
	}

	protected override afterChange(check: StoredObject<Check>, before: Check): void {
		const { status } = check.data;
		if (status === before.status) return super.afterChange(check, before);
		this.unschedule(check);
		if (status === 'pending') return this.startProcessing(check);
		if (status === 'complete') return this.complete(check, check.data.updatedAt);
		return this.announceEvent(status, check);
	}

	protected override isShown(field: string, check: Check): boolean {
		return super.isShown(field, check) && (field !== 'result' || check.status === 'complete');
	}

	/** Completes a check that is due, even when it is read before its timer has fired. */
	protected override catchUp(check: StoredObject<Check>): StoredObject<Check> {
		const endsAt = check.data.pendingSince + this.settings.processingMs;
		if (check.data.status === 'pending' && Date.now() >= endsAt) {
			this.complete(check, isoTime(endsAt));
		}
		return check;
	}

	private startProcessing(check: StoredObject<Check>): void {
		Object.assign(check.data, { status: 'pending', pendingSince: Date.now() });
		this.announceEvent('pending', check);
		this.schedule(check);
	}

	private complete(check: StoredObject<Check>, at: string): void {
		this.unschedule(check);
		Object.assign(check.data, { status: 'complete', updatedAt: at });
		this.recordResult(check);
		this.announceEvent('completed', check);
	}

	private recordResult({ mode, data }: StoredObject<Check>): void {
		const outcome = (mode === 'test' && OUTCOME_BY_LAST_NAME.get(data.lastName)) || 'clear';
		data.result ??= resultOf(data, outcome, this.clients.find(mode, data.clientId));
	}

	private schedule(check: StoredObject<Check>): void {
		this.unschedule(check);
		const wait = check.data.pendingSince + this.settings.processingMs - Date.now();
		const timer = setTimeout(() => {
			// `processingMs` may have been raised in the meantime.
			if (this.catchUp(check).data.status === 'pending') this.schedule(check);
		}, wait);
		this.timers.set(check.data.id, timer.unref());
	}

	private unschedule({ data: { id } }: StoredObject<Check>): void {
		clearTimeout(this.timers.get(id));
		this.timers.delete(id);
	}

	private findOrCreateRelated({
		mode,
		checks,
		...subject
	}: RelatedChecks): Array<StoredObject<Check>> {
		return checks.map(
			({ checkId, type }) =>
				this.store.find(mode, checkId) ??
				this.insert(mode, { ...this.defaults({}), ...subject, id: checkId, type }),
		);
	}

	private create(mode: Mode, body: unknown): StoredObject<Check> {
		const fields = parse(inputs, body);
		const { clientId, type } = fields;
		this.clients.findReferenced(mode, clientId, 'clientId');
		for (const name of REQUIRED_REFERENCES[type] ?? []) {
			if (!fields[name]) refuse(`'${name}' must be provided when check type is \`${type}\``, name);
		}
		for (const name of Object.keys(this.references) as Reference[]) {
			const id = fields[name];
			if (id) this.references[name].findReferenced(mode, id, name, clientId);
		}
		if (this.settings.clientConsentTypes.includes(type) && !fields.clientConsent) {
			refuse(`'clientConsent' must be verdict when check type is \`${type}\``, 'clientConsent');
		}
		if (type === 'document_check') {
			refuseUnfitDocument(
				this.references.documentId.findReferenced(mode, fields.documentId!, 'documentId'),
				this.settings,
			);
		}
		return this.store.find(mode, this.start(mode, fields).id)!;
	}

	private update(check: StoredObject<Check>, body: unknown): ApiReply {
		this.refuseIfPending(check);
		if (!isScreening(check.data.type)) {
			throw new Refusal(
				processingError('invalid_check_update', 'Only screening checks can be updated'),
			);
		}
		const changes = parse(updateInputs, body);
		return this.amend(check, mergePatch({ options: check.data.options }, changes) as Fields);
	}

	private validate(check: StoredObject<Check>, body: unknown): ApiReply {
		this.refuseIfPending(check);
		const { result, type } = check.data;
		if (!result) return refuse('Only a complete check can be validated');
		const before = result.outcome;
		const verdict = parse(validationInputs, body);
		const outcome = isScreening(type)
			? this.validateMatch(check.data, result, verdict)
			: this.validateOther(check.data, result, verdict);
		this.amend(check, { result: { ...result, outcome } });
		if (outcome !== before && this.settings.validationCompletes)
			this.announceEvent('completed', check);
		const shown = this.settings.validateReply === 'check' ? outcome : verdict.outcome;
		return { status: 200, body: { outcome: shown } };
	}

	private validateMatch(
		check: Check,
		{ breakdown }: CheckResult,
		{ matchId, outcome }: z.infer<typeof validationInputs>,
	): string {
		if (!matchId) return refuse(`'matchId' must be provided for a ${check.type}`, 'matchId');
		const matches = breakdown?.matches?.map(({ id }) => id) ?? [];
		if (!matches.includes(matchId)) return refuse(`Invalid match id '${matchId}'`, 'matchId');
		check.validations = { ...check.validations, [matchId]: outcome };
		return screeningOutcome(matches.map((id) => check.validations?.[id]));
	}

	private validateOther(
		{ type }: Check,
		result: CheckResult,
		{ outcome, rejectionReasons, userSuppliedData }: z.infer<typeof validationInputs>,
	): string {
		for (const [name, value] of Object.entries({ rejectionReasons, userSuppliedData })) {
			if (value && type !== 'document_check') {
				return refuse(`'${name}' can only be provided for a document_check`, name);
			}
		}
		if (userSuppliedData) {
			const extractedData = { ...result.breakdown?.extractedData, ...userSuppliedData };
			result.breakdown = { ...result.breakdown, extractedData };
		}
		return OUTCOME_BY_VALIDATION[outcome];
	}

	private redact(check: StoredObject<Check>, body: unknown): ApiReply {
		this.refuseIfPending(check);
		const { type, result } = check.data;
		if (type !== 'document_check') return refuse('Only a document_check can be redacted');
		const { attributes = [] } = parse(redactionInputs, body);
		const extractedData = { ...result?.breakdown?.extractedData };
		for (const attribute of attributes) delete extractedData[attribute];
		if (result) result.breakdown = { ...result.breakdown, extractedData };
		return redactionReply(this.amend(check, {}), this.settings);
	}

	private refuseIfPending({ data: { status } }: StoredObject<Check>): void {
		if (status !== 'pending') return;
		throw new Refusal(
			processingError('pending_check_unmodifiable', 'A pending check cannot be modified'),
		);
	}

	private amend(check: StoredObject<Check>, changes: Fields): ApiReply {
		Object.assign(check.data, changes, { updatedAt: isoTime() });
		this.announceEvent('updated', check);
		return this.okReply(check);
	}
}
