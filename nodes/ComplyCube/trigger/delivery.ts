import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { connect } from '../transport/connection';
import { Failure } from '../transport/failure';
import { isPlainObject } from '../values/plainObject';
import { chosenEvents, eventType, isChosen, type ComplyCubeEvent } from './events';
import { passes, readFilters, type Filters } from './filters';
import { valueOrNothing } from './valueOrNothing';
import { logNowAndThen, logWarning } from './log';
import { readOptions } from './options';
import { confirmAccount } from './presentAccount';
import { ignoresRepeats, rememberUnlessRepeated } from './repeats';
import { isSigned, SIGNATURE_HEADER } from './signature';
import { storedRegistration, type Registration } from './storedRegistration';
import { Subject, type ReadObject } from './subject';

/** Time to look an object up, in ms: ComplyCube waits 15 seconds for the answer (API page "Webhooks"), some of which n8n needs. */
const PATIENCE_MS = 10_000;

/**
 * Reads the body of a delivery.
 *
 * @param rawBody its bytes
 * @returns undefined if they are no JSON object
 */
export function eventIn(rawBody: Buffer): ComplyCubeEvent | undefined {
	try {
		const event: unknown = JSON.parse(rawBody.toString('utf8'));
		return isPlainObject(event) ? event : undefined;
	} catch {
		return undefined;
	}
}

/** Makes what reads objects with the node's credential, within the time there is for the answer. */
function readerFor(context: IWebhookFunctions, deadline: number): ReadObject {
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

/** A delivery that ComplyCube signed. */
interface GenuineDelivery {
	event: ComplyCubeEvent;
	registration: Registration;
}

/** Tells the log of a delivery that no workflow can take, because it is no event or its type is no text. */
const noteUnreadable = (context: IWebhookFunctions): void =>
	logNowAndThen(
		context,
		'no type',
		(count) => `${count} events without a readable type dismissed.`,
	);

/** @returns what ComplyCube delivered, or the answer if it was not ComplyCube, or no event */
async function readGenuine(
	context: IWebhookFunctions,
): Promise<GenuineDelivery | { refusal: IWebhookResponseData }> {
	const request = context.getRequestObject();
	// n8n reads some content types only when asked to. The bytes of a form are gone by then, so no signature can match
	await request.readRawBody().catch(() => undefined);
	const { rawBody, headers } = request;
	const registration = storedRegistration(context);
	if (!registration || !isSigned(registration.webhookSecret, rawBody, headers[SIGNATURE_HEADER])) {
		const advice = registration
			? ''
			: ' No signing secret is stored: unpublish and publish the workflow.';
		logNowAndThen(
			context,
			'refused',
			(count) => `${count} deliveries without a valid signature refused.${advice}`,
		);
		return { refusal: answer(context, 401, 'The signature is missing or wrong') };
	}
	const event = eventIn(rawBody);
	if (!event) {
		noteUnreadable(context);
		// Another status would bring the same body again, and in the end switch the webhook off
		return { refusal: acknowledge('Not an event') };
	}
	return { event, registration };
}

/** Tells the log of a 'Trigger On' that is an expression which chooses nothing, though it did at publication. */
const noteNoChoice = (context: IWebhookFunctions): void =>
	logNowAndThen(
		context,
		'no choice',
		(count) =>
			`${count} events did not start the workflow, because 'Trigger On' is an expression that gives nothing.`,
	);

/** Tells the log of a filter that cannot be used, which keeps every event from starting the workflow. */
function noteUnusableFilter(context: IWebhookFunctions, { message }: Failure): void {
	const because = `did not start the workflow, because ${message}.`;
	logNowAndThen(context, message, (count) => `${count} events ${because}`);
}

/**
 * Makes what the workflow gets of an event.
 *
 * @returns the item's JSON; undefined if the event is filtered out; a failure if its object has to be read and cannot be now
 */
async function itemOf(
	event: ComplyCubeEvent,
	subject: Subject,
	filters: Filters,
	fetchResource: boolean,
): Promise<IDataObject | undefined | Failure> {
	const passed = await passes(subject, filters);
	if (passed instanceof Failure) return passed;
	if (!passed) return undefined;
	const resource = fetchResource ? await subject.whole() : undefined;
	if (resource instanceof Failure) return resource;
	return { ...event, ...(fetchResource && { resource }) } as IDataObject;
}

/** Lets ComplyCube deliver an event again, because its object cannot be read now. */
function askAgain(context: IWebhookFunctions, { details }: Failure): IWebhookResponseData {
	const reason = details.httpCode ?? 'no answer';
	logWarning(
		context,
		`an event's object could not be read (${reason}): it will be delivered again`,
	);
	return answer(context, 503, 'The object cannot be read now: deliver the event again');
}

/** Tells the log why an event that was chosen starts nothing, if the user would not expect it. */
async function noteFilteredOut(context: IWebhookFunctions, subject: Subject): Promise<void> {
	if (!subject.isRead || (await subject.whole()) !== null) return;
	logWarning(
		context,
		'an event was filtered out because ComplyCube does not know its object (any more)',
	);
}

/**
 * Takes a delivery from ComplyCube.
 *
 * Nothing is believed before the signature is verified, and an event is either passed on whole or asked for again.
 *
 * @param context n8n's `this` of the delivery
 * @returns the event as an item, or an answer that starts nothing: 401 without a valid signature, 503 if an object
 * that is needed cannot be read now, 200 if it is no event or one of no interest here
 */
export async function receive(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const deadline = Date.now() + PATIENCE_MS;
	const delivery = await readGenuine(context);
	if ('refusal' in delivery) return delivery.refusal;
	const { event, registration } = delivery;
	if (!(await confirmAccount(context, registration, deadline))) {
		return acknowledge('An event of another account than that of the present API key');
	}
	const chosen = chosenEvents(valueOrNothing(() => context.getNodeParameter('events')));
	if (!isChosen(event, chosen)) {
		if (eventType(event) === '') noteUnreadable(context);
		if (chosen.length === 0) noteNoChoice(context);
		return acknowledge('Not an event that this workflow waits for');
	}
	const filters = readFilters(context);
	if (filters instanceof Failure) {
		noteUnusableFilter(context, filters);
		return acknowledge('Filtered out');
	}
	const options = readOptions((name) => context.getNodeParameter(name, null));
	const forget = ignoresRepeats(context, options)
		? rememberUnlessRepeated(context, event, chosen)
		: () => {};
	if (!forget) return acknowledge('Already received');

	const subject = new Subject(event, readerFor(context, deadline));
	const json = await itemOf(event, subject, filters, options.fetchResource);
	if (json && !(json instanceof Failure)) return { workflowData: [[{ json }]] };
	forget();
	if (json) return askAgain(context, json);
	await noteFilteredOut(context, subject);
	return acknowledge('Filtered out');
}
