import type { IDataObject } from 'n8n-workflow';
import type { ApiRequest, Connection } from '../../transport/connection';
import { Failure } from '../../transport/failure';
import { allOrFirstFailure } from '../allOrFirstFailure';
import { readUpload, type Upload } from '../attachment';
import { completedBody, type BodyStep } from '../body';
import { withImagesAsFiles } from '../embeddedImages';
import { itemOf, withId } from '../output';
import { poll, type Polling } from '../polling';
import type { Item, Send } from '../request';
import type { Attempt } from '../run';
import { settleDoubt, type Settlement } from '../settlement';

/** Creates or changes something. */
export interface ChangePlan {
	kind: 'change';
	/** The parameter with the object's ID, where the reply leaves the ID out */
	idFrom?: string;
	/** What the reply leaves unsaid, e.g. `{ redacted: true }` */
	addToReply?: IDataObject;
	/** Parameters with an ID that goes into the body under the same name, and without which nothing is sent */
	requiredIds?: string[];
	/** Turns what the fields put into the body into what ComplyCube wants, in order */
	body?: BodyStep[];
	/** Sends emptied fields empty, as an update must be able to clear a field; a body without any field is refused */
	keepsEmptyFields?: true;
	/** Puts the item's file into the body */
	upload?: Upload;
	/** Images in the reply, as base64, become binary data */
	imagesToBinary?: true;
	/** How to wait for the end, if the user asks for it */
	polling?: Polling;
	/** For when it is not known whether the request was carried out: how to find out, or what to tell the user to do */
	inDoubt: Settlement | string;
}

/** Cancel's reply is not documented: a reply without a status is treated like a lost one. */
const NO_STATUS = new Failure('ComplyCube did not say what became of it', {}, true);

/** Sends a POST and, if its reply does not tell whether it was carried out, finds out or says what to do. */
async function sendAndSettle(
	connection: Connection,
	request: ApiRequest,
	inDoubt: string | (Settlement & { path: string }),
	attempt: Attempt,
): Promise<IDataObject | Failure> {
	const reply = await attempt.send(connection, request);
	if (typeof inDoubt === 'string') {
		return reply instanceof Failure ? reply.advisingIfDoubtful(inDoubt) : reply;
	}
	const doubt = reply instanceof Failure ? reply : reply.status ? undefined : NO_STATUS;
	if (!doubt?.doubtful) return reply;
	const seen = await settleDoubt(connection, inDoubt, inDoubt.path, doubt, doubt === NO_STATUS);
	return seen instanceof Failure ? seen : { status: seen.status };
}

/**
 * Prepares creating or changing something.
 *
 * @param item the input item and its request
 * @param plan the operation's plan
 * @returns what sends the request, or why the item cannot be carried out
 */
export async function prepareChange(
	{ node, parameters, request, body, attempt }: Item,
	plan: ChangePlan,
): Promise<Send | Failure> {
	const { idFrom, addToReply, upload, polling, inDoubt } = plan;
	const values = allOrFirstFailure({
		body: completedBody(body, plan.body ?? [], plan.keepsEmptyFields ?? false),
		fileName: parameters.path(upload?.fileName ?? ''),
		getPath: parameters.path(typeof inDoubt === 'string' ? '' : inDoubt.getPath),
		wait: parameters.wait(polling),
		id: parameters.trimmedId(idFrom),
	});
	if (values instanceof Failure) return values;
	const { fileName, getPath, wait, id } = values;
	const attachment = upload && (await readUpload(node, upload.types, fileName));
	if (attachment instanceof Failure) return attachment;
	const prepared = {
		...request,
		body: attachment ? { ...values.body, ...attachment } : values.body,
	};
	const settlement = typeof inDoubt === 'string' ? inDoubt : { ...inDoubt, path: getPath };
	return async (connection) => {
		const reply = await sendAndSettle(connection, prepared, settlement, attempt);
		if (reply instanceof Failure) return reply;
		attempt.noteCarriedOut();
		if (plan.imagesToBinary) return await withImagesAsFiles(node, reply);
		const object = { ...withId(reply, id), ...addToReply };
		if (!wait) return itemOf(object);
		const waiting = async (whileRunning: Connection) =>
			await poll(whileRunning, wait, object, false);
		return itemOf(await attempt.waitUnlessStopped(connection, waiting, object));
	};
}
