import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { connect } from '../transport/connection';
import { Failure } from '../transport/failure';
import { textsFrom } from '../values/list';
import { isPlainObject } from '../values/plainObject';
import { memoryOf } from './eventMemory';
import { formsOf, isChosen, type ComplyCubeEvent } from './events';
import { passes, type Filters } from './filters';

import { isSigned, SIGNATURE_HEADER } from './signature';
import { storedRegistration, triggerName } from './storedRegistration';
import { Subject, type ReadObject } from './subject';

/** Time to look an object up, in ms: ComplyCube waits 15 seconds for the answer (API page "Webhooks"), some of which n8n needs. */
const PATIENCE_MS = 10_000;

/**
 * Events kept in n8n's static data, for other processes and for after a restart. n8n 2.40.7 does not store them: it starts the
 * run with a second workflow made of the same data, which does not know that the data changed.
 */
const STORED_EVENTS = 200;

/** Simultaneous deliveries overwrite each other's static data, so each one stores the latest events of the others as well. */
const PARALLEL_EVENTS = 20;

interface Options extends IDataObject {
	fetchResource?: boolean;
	ignoreRepeated?: boolean;
}

/** The event's own ID, by which it is recognised when it comes again. */
const idOf = ({ id }: ComplyCubeEvent): string | undefined =>
	typeof id === 'string' || typeof id === 'number' ? String(id) : undefined;

/** Never logs anything of the delivery itself. */
const logWarning = (context: IWebhookFunctions, sentence: string) =>
	context.logger.warn(`ComplyCube Trigger: ${sentence}`, { workflowId: context.getWorkflow().id });

/** Refused deliveries of each trigger since n8n started. */
const refusals = new Map<string, number>();

/** Counts a refused delivery, and logs the 1st, 10th, 100th …: whoever floods the address must not flood the log. */
function noteRefusedDelivery(
	context: IWebhookFunctions,
	trigger: string,
	hasSecret: boolean,
): void {
	const count = (refusals.get(trigger) ?? 0) + 1;
	refusals.set(trigger, count);
	if (!/^10*$/.test(String(count))) return;
	const advice = hasSecret
		? ''
		: ' No signing secret is stored: unpublish and publish the workflow.';
	logWarning(context, `${count} deliveries without a valid signature refused.${advice}`);
}

function eventIn(rawBody: Buffer): ComplyCubeEvent | undefined {
	try {
		const event: unknown = JSON.parse(rawBody.toString('utf8'));
		return isPlainObject(event) ? event : undefined;
	} catch {
		return undefined;
	}
}

/** Makes what reads objects with the node's credential, within the time there is for the answer. */
function readerFor(context: IWebhookFunctions): ReadObject {
	const deadline = Date.now() + PATIENCE_MS;
	return async (request) => {
		try {
			const connection = await connect(context);
			if (connection instanceof Failure) return connection;
			return await connection.send(request, { deadline, urgent: true });
		} catch (thrown) {
			return new Failure((thrown as Error).message);
		}
	};
}

/** Answers instead of n8n, which can only answer 200. */
function answer(
	context: IWebhookFunctions,
	status: number,
	sentence: string,
): IWebhookResponseData {
	context.getResponseObject().status(status).send(sentence).end();
	return { noWebhookResponse: true };
}

/** A 200 that starts nothing: without it ComplyCube would deliver the event again. */
const acknowledge = (sentence: string): IWebhookResponseData => ({ webhookResponse: sentence });

/**
 * Takes a delivery from ComplyCube.
 *
 * Nothing is believed before the signature is verified, and an event is either passed on whole or asked for again.
 *
 * @param context n8n's `this` of the delivery
 * @returns the event as an item, or an answer that starts nothing: 401 without a valid signature, 400 if the body is no JSON
 * object, 503 if an object that is needed cannot be read now, 200 if the event is of no interest here
 */
export async function receive(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const request = context.getRequestObject();
	// n8n reads some content types only when asked to. The bytes of a form are gone by then, so no signature can match
	await request.readRawBody().catch(() => undefined);
	const { rawBody, headers } = request;
	const trigger = triggerName(context);
	const registration = storedRegistration(context);
	const secret = registration?.webhookSecret ?? '';
	if (!isSigned(secret, rawBody, headers[SIGNATURE_HEADER])) {
		noteRefusedDelivery(context, trigger, registration !== undefined);
		return answer(context, 401, 'The signature is missing or wrong');
	}
	const event = eventIn(rawBody);
	if (!event) return answer(context, 400, 'The body is not a JSON object');

	const chosen = textsFrom(context.getNodeParameter('events'));
	if (!isChosen(event, chosen)) return acknowledge('Not an event that this workflow waits for');
	const { fetchResource = false, ignoreRepeated = true } = context.getNodeParameter(
		'options',
		{},
	) as Options;

	// Somebody who listens for a test event may want the same one again
	const remembers = ignoreRepeated && context.getMode() !== 'manual';
	const forms = formsOf(event, chosen);
	const names = remembers ? [idOf(event), forms?.own].filter((name) => name !== undefined) : [];
	const repeated = remembers ? [idOf(event), forms?.other] : [];
	const memory = memoryOf(trigger);
	const staticData = context.getWorkflowStaticData('node');
	const stored = (staticData.seenEvents ?? []) as string[];
	if (repeated.some((name) => name && (memory.has(name) || stored.includes(name)))) {
		return acknowledge('Already received');
	}
	const response = context.getResponseObject();
	memory.note(names, response);
	response.once('finish', () => memory.keepStatus(names, response));

	const subject = new Subject(event, readerFor(context));
	const passed = await passes(subject, context.getNodeParameter('filters', {}) as Filters);
	const resource = passed === true && fetchResource ? await subject.whole() : undefined;
	for (const failure of [passed, resource]) {
		if (!(failure instanceof Failure)) continue;
		const reason = failure.details.httpCode ?? 'no answer';
		logWarning(
			context,
			`an event's object could not be read (${reason}): it will be delivered again`,
		);
		return answer(context, 503, 'The object cannot be read now: deliver the event again');
	}
	if (passed !== true) {
		memory.forget(names, response);
		if (subject.isRead && (await subject.whole()) === null) {
			logWarning(
				context,
				'an event was filtered out because ComplyCube does not know its object (any more)',
			);
		}
		return acknowledge('Filtered out');
	}

	// While an object was read, n8n may have stored a new registration, which this must not overwrite
	if (!subject.isRead) {
		if (staticData.webhookId !== registration?.webhookId) Object.assign(staticData, registration);
		const recent = [...stored, ...memory.accepted().slice(-PARALLEL_EVENTS), ...names];
		const lastFirst = new Set(recent.reverse());
		if (names.length > 0) staticData.seenEvents = [...lastFirst].slice(0, STORED_EVENTS).reverse();
	}
	const json = { ...event, ...(fetchResource && { resource }) } as IDataObject;
	return { workflowData: [[{ json }]] };
}
