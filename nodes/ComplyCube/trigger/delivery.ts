import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { connect } from '../transport/connection';
import type { RequestContext } from '../transport/exchange';
import { Failure } from '../transport/failure';
import { memoryOf } from './eventMemory';
import { formsOf, isChosen, listed, type ComplyCubeEvent } from './events';
import { passes, type Filters } from './filters';
import { registrationOf, triggerName } from './lifecycle';
import { isSigned, SIGNATURE_HEADER } from './signature';
import { Subject, type Look } from './subject';

/** ComplyCube waits 15 seconds for the answer (API page "Webhooks"); n8n needs some of them itself, in ms. */
const PATIENCE = 10_000;

/**
 * Events kept in n8n's static data, for other processes and for after a restart. n8n 2.40.7 does not store them: to start
 * the run it makes a second workflow of the same data, which takes the mark of a change from it.
 */
const STORED_EVENTS = 200;

/** Deliveries at the same time save over each other: each one saves what the last ones have seen as well. */
const PARALLEL_EVENTS = 20;

interface Options extends IDataObject {
	fetchResource?: boolean;
	ignoreRepeated?: boolean;
}

/** What ComplyCube calls an event, to recognise it when it comes again. */
const idOf = ({ id }: ComplyCubeEvent): string | undefined =>
	typeof id === 'string' || typeof id === 'number' ? String(id) : undefined;

/** Nothing of a delivery itself is ever logged. */
const warn = (context: IWebhookFunctions, sentence: string) =>
	context.logger.warn(`ComplyCube Trigger: ${sentence}`, { workflowId: context.getWorkflow().id });

/** Refused deliveries of each trigger since n8n started. */
const refusals = new Map<string, number>();

/** Says so once in a while: whoever floods the address must not flood the log. */
function countRefusal(context: IWebhookFunctions, trigger: string, hasSecret: boolean): void {
	const count = (refusals.get(trigger) ?? 0) + 1;
	refusals.set(trigger, count);
	if (!/^10*$/.test(String(count))) return;
	const advice = hasSecret
		? ''
		: ' No signing secret is stored: unpublish and publish the workflow.';
	warn(context, `${count} deliveries without a valid signature refused.${advice}`);
}

function eventIn(rawBody: Buffer): ComplyCubeEvent | undefined {
	try {
		const event: unknown = JSON.parse(rawBody.toString('utf8'));
		const isObject = event !== null && typeof event === 'object' && !Array.isArray(event);
		return isObject ? (event as ComplyCubeEvent) : undefined;
	} catch {
		return undefined;
	}
}

/** Reads objects with the credential of the node, within the time that the answer has. */
function looker(context: IWebhookFunctions): Look {
	const deadline = Date.now() + PATIENCE;
	return async (request) => {
		try {
			const connection = await connect(context as unknown as RequestContext);
			if (connection instanceof Failure) return connection;
			return await connection.send(request, { deadline, urgent: true });
		} catch (thrown) {
			return new Failure((thrown as Error).message);
		}
	};
}

/** Answers in n8n's place: what n8n sends itself is always a 200. */
function answer(
	context: IWebhookFunctions,
	status: number,
	sentence: string,
): IWebhookResponseData {
	context.getResponseObject().status(status).send(sentence).end();
	return { noWebhookResponse: true };
}

/** A 200 that starts nothing, so that ComplyCube does not deliver the event again. */
const dismissed = (sentence: string): IWebhookResponseData => ({ webhookResponse: sentence });

/**
 * Takes a delivery from ComplyCube.
 *
 * Nothing is believed before the signature is right, and an event is either passed on whole or asked for again.
 *
 * @param context n8n's `this` of the delivery
 * @returns the event as an item; or n8n is told that it was answered: 401 without a valid signature, 400 if the body is no
 * JSON object, 503 if an object that is needed cannot be read now, 200 if it is of no interest here
 */
export async function receive(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const request = context.getRequestObject();
	// n8n reads some content types only when asked to, and a form's bytes cannot be had any more: no signature fits then
	await request.readRawBody().catch(() => undefined);
	const { rawBody, headers } = request;
	const trigger = triggerName(context);
	const registration = registrationOf(context);
	const secret = registration?.webhookSecret ?? '';
	if (!isSigned(secret, rawBody, headers[SIGNATURE_HEADER])) {
		countRefusal(context, trigger, registration !== undefined);
		return answer(context, 401, 'The signature is missing or wrong');
	}
	const event = eventIn(rawBody);
	if (!event) return answer(context, 400, 'The body is not a JSON object');

	const chosen = listed(context.getNodeParameter('events'));
	if (!isChosen(event, chosen)) return dismissed('Not an event that this workflow waits for');
	const { fetchResource = false, ignoreRepeated = true } = context.getNodeParameter(
		'options',
		{},
	) as Options;

	// Whoever listens for a test event may want the same one again and again
	const remembers = ignoreRepeated && context.getMode() !== 'manual';
	const forms = formsOf(event, chosen);
	const names = remembers ? [idOf(event), forms?.own].filter((name) => name !== undefined) : [];
	const repeated = remembers ? [idOf(event), forms?.other] : [];
	const memory = memoryOf(trigger);
	const staticData = context.getWorkflowStaticData('node');
	const stored = (staticData.seenEvents ?? []) as string[];
	if (repeated.some((name) => name && (memory.has(name) || stored.includes(name)))) {
		return dismissed('Already received');
	}
	const response = context.getResponseObject();
	memory.note(names, response);
	response.once('finish', () => memory.settle(names, response));

	const subject = new Subject(event, looker(context));
	const wanted = await passes(subject, context.getNodeParameter('filters', {}) as Filters);
	const resource = wanted === true && fetchResource ? await subject.whole() : undefined;
	for (const failure of [wanted, resource]) {
		if (!(failure instanceof Failure)) continue;
		const reason = failure.details.httpCode ?? 'no answer';
		warn(context, `an event's object could not be read (${reason}): it will be delivered again`);
		return answer(context, 503, 'The object cannot be read now: deliver the event again');
	}
	if (wanted !== true) {
		memory.forget(names, response);
		if (subject.isRead && (await subject.whole()) === null) {
			warn(
				context,
				'an event was filtered out because ComplyCube does not know its object (any more)',
			);
		}
		return dismissed('Filtered out');
	}

	// After a wait, n8n may have stored a new registration meanwhile, which this would save over
	if (!subject.isRead) {
		if (staticData.webhookId !== registration?.webhookId) Object.assign(staticData, registration);
		const recent = [...stored, ...memory.accepted().slice(-PARALLEL_EVENTS), ...names];
		const lastFirst = new Set(recent.reverse());
		if (names.length > 0) staticData.seenEvents = [...lastFirst].slice(0, STORED_EVENTS).reverse();
	}
	const json = { ...event, ...(fetchResource && { resource }) } as IDataObject;
	return { workflowData: [[{ json }]] };
}
