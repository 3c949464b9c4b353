import type { IDataObject } from 'n8n-workflow';
import type { Connection, Urgency } from '../transport/connection';
import { Failure } from '../transport/failure';
import { quotable } from '../values/text';

/** How to wait for an object that ComplyCube is still working on. */
export interface Polling {
	/** What the object is called in a sentence, e.g. "session" */
	object: string;
	/** Path of the GET that shows the object, with `:name` places */
	getPath: string;
	/** Statuses that no longer change by themselves */
	final: string[];
}

/** A wait for one object. */
export interface Wait extends Polling {
	/** The filled path of the GET */
	path: string;
	/** How long to wait */
	minutes: number;
}

const FIRST_PAUSE = 2_000;
const LONGEST_PAUSE = 30_000;
const GROWTH = 1.5;

/** How long the look at the end of a wait may take, in ms. */
const LAST_LOOK = 10_000;

/** An object's status, for a sentence. */
const statusOf = ({ status }: IDataObject) => quotable(status);

const quotedStatus = (object: IDataObject) => {
	const status = statusOf(object);
	return status ? `'${status}'` : 'without a status';
};

const isFinal = ({ status }: IDataObject, { final }: Polling) =>
	typeof status === 'string' && final.includes(status);

const unfinished = ({ object, minutes }: Wait, seen: IDataObject) =>
	new Failure(`The ${object} is still ${quotedStatus(seen)} after a wait of ${minutes} min`, {
		status: statusOf(seen),
		description:
			"Nothing needs to be repeated. Use Get to look again later, or let a ComplyCube Trigger start a workflow when the outcome is known; 'Max Wait' can also be raised.",
	});

/**
 * Words a look that failed.
 *
 * @param wait for what
 * @param look how it failed
 * @param seen the object as it was read before; undefined if it never was
 * @param reply what ComplyCube replied to the change, which is not what the object was afterwards
 */
function unread(
	{ object }: Wait,
	look: Failure,
	seen: IDataObject | undefined,
	reply: IDataObject,
): Failure {
	const replied = statusOf(reply) ? `ComplyCube's reply was '${statusOf(reply)}'` : undefined;
	const standing = seen
		? `The ${object} was ${quotedStatus(seen)} when its outcome could no longer be read.`
		: `${replied ?? 'ComplyCube accepted the request'}, but the ${object} could not be read afterwards.`;
	const status = seen && statusOf(seen);
	return new Failure(`${standing} ${look.message}`, {
		...look.details,
		...(status && { status }),
		description: ['Use Get to look again; nothing needs to be repeated.', look.details.description]
			.filter(Boolean)
			.join(' '),
	});
}

/**
 * Looks at the object, and if the time runs out while the look waits behind other requests, once more before them.
 *
 * Only the first and the last look go before what else waits with the key: all of them together could keep back everything that
 * has not been sent yet, and the trigger's requests.
 */
async function lookAgain(
	connection: Connection,
	path: string,
	deadline: number,
): Promise<IDataObject | Failure> {
	const look = async (urgency: Urgency) => await connection.send({ method: 'GET', path }, urgency);
	const lastLook = async () => await look({ urgent: true, deadline: Date.now() + LAST_LOOK });
	if (Date.now() >= deadline) return await lastLook();
	const seen = await look({ deadline });
	return seen instanceof Failure && Date.now() >= deadline ? await lastLook() : seen;
}

/**
 * Reads an object at growing intervals until it has reached a final status. The time to wait runs from when the object was read
 * first, because its request may wait behind those of other items.
 *
 * @param connection where to
 * @param wait for what, and how long
 * @param known what is known of the object already
 * @param isWhole whether that is the whole object: the reply to a change never ends the wait
 * @returns the object as it is at the end, or a failure that says where it stands
 */
export async function poll(
	connection: Connection,
	wait: Wait,
	known: IDataObject,
	isWhole: boolean,
): Promise<IDataObject | Failure> {
	const { path, minutes } = wait;
	const patience = minutes * 60_000;
	let seen = isWhole ? known : undefined;
	let deadline = Date.now() + patience;
	for (let pause = FIRST_PAUSE; ; pause = Math.min(pause * GROWTH, LONGEST_PAUSE)) {
		if (seen && isFinal(seen, wait)) return seen;
		const left = deadline - Date.now();
		if (seen && left <= 0) return unfinished(wait, seen);
		if (!(await connection.pause(Math.min(pause, left)))) {
			return new Failure('The execution was canceled while it waited for the outcome');
		}
		const look = seen
			? await lookAgain(connection, path, deadline)
			: await connection.send({ method: 'GET', path }, { urgent: true });
		if (look instanceof Failure) return unread(wait, look, seen, known);
		if (!seen) deadline = Date.now() + patience;
		seen = look;
	}
}
