import type { IDataObject } from 'n8n-workflow';
import type { Connection } from '../transport/connection';
import { Failure } from '../transport/failure';

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

const statusOf = ({ status }: IDataObject) => (typeof status === 'string' ? status : undefined);

const quotedStatus = (object: IDataObject) => {
	const status = statusOf(object);
	return status ? `'${status}'` : 'without a status';
};

/**
 * Reads an object at growing intervals until it has reached a final status.
 *
 * @param connection where to
 * @param wait for what, and how long
 * @param known what is known of the object already
 * @param isWhole whether that is the whole object: the reply to a change never ends the wait
 * @returns the object as it is at the end, or a failure that says where it stands
 */
export async function poll(
	connection: Connection,
	{ object, final, path, minutes }: Wait,
	known: IDataObject,
	isWhole: boolean,
): Promise<IDataObject | Failure> {
	const deadline = Date.now() + minutes * 60_000;
	let seen = known;
	let isWholeSeen = isWhole;
	for (let pause = FIRST_PAUSE; ; pause = Math.min(pause * GROWTH, LONGEST_PAUSE)) {
		if (isWholeSeen && final.includes(statusOf(seen) ?? '')) return seen;

		const left = deadline - Date.now();
		if (left <= 0) {
			return new Failure(
				`The ${object} is still ${quotedStatus(seen)} after a wait of ${minutes} min`,
				{
					status: statusOf(seen),
					description:
						"Nothing needs to be repeated. Use Get to look again later, or let a ComplyCube Trigger start a workflow when the outcome is known; 'Max Wait' can also be raised.",
				},
			);
		}
		if (!(await connection.pause(Math.min(pause, left)))) {
			return new Failure('The execution was canceled while it waited for the outcome');
		}
		const look = await connection.send({ method: 'GET', path }, { deadline });
		if (look instanceof Failure && Date.now() >= deadline) continue;
		if (look instanceof Failure) {
			return new Failure(
				`The ${object} was ${quotedStatus(seen)} when its outcome could no longer be read. ${look.message}`,
				{
					...look.details,
					status: statusOf(seen),
					description: [
						'Use Get to look again; nothing needs to be repeated.',
						look.details.description,
					]
						.filter(Boolean)
						.join(' '),
				},
			);
		}
		seen = look;
		isWholeSeen = true;
	}
}
