import type { IDataObject } from 'n8n-workflow';
import { Failure } from '../../transport/failure';
import { pathSegment } from '../../transport/pathSegment';
import { isBlank } from '../../values/blank';
import { isPlainObject } from '../../values/plainObject';
import { plainText, quotable } from '../../values/text';
import { allOrFirstFailure } from '../allOrFirstFailure';
import { completedBody, invalidValue, type BodyStep } from '../body';
import { changedMetadata } from '../metadata';
import { itemOf } from '../output';
import type { Item, Send } from '../request';
import { readWanted } from '../wantedObjects';

/**
 * Changes the client that matches, or creates it. The request is that of the creation. By which attribute to look is in the body's
 * `match`: its `by` is `email`, or `metadata` with a `key` and a `value`.
 */
export interface UpsertPlan {
	kind: 'upsert';
	/** Turns what the fields put into the body into what ComplyCube wants, in order */
	body?: BodyStep[];
	/** For when it is not known whether the request was carried out: what to tell the user to do */
	inDoubt: string;
}

/** So many IDs fit into a sentence. */
const MOST_NAMED = 10;

const UNTOUCHED = 'Nothing was changed for this item.';

const NO_ID = new Failure('ComplyCube did not say which ID the client has', {
	description: `${UNTOUCHED} Look at the client in the Web Portal.`,
});

/** What a client is found by. */
interface Match {
	/** The filter's name, e.g. `metadata.customerId` */
	filter: string;
	value: string;
	/** In a sentence, e.g. "email" */
	label: string;
	/** Whether ComplyCube found what it was asked for */
	fits: (client: IDataObject) => boolean;
	/** What a new client has to have, to be found next time */
	metadata?: IDataObject;
}

const empty = (parameter: string, label: string) =>
	invalidValue(
		parameter,
		`The '${label}' parameter is empty`,
		'The client is looked for by it. Check that the previous node delivers the value.',
	);

function matchOf(given: unknown, email: unknown): Match | Failure {
	const { by, key, value } = (isPlainObject(given) ? given : {}) as Record<string, unknown>;
	if (by !== 'metadata') {
		if (isBlank(email)) return empty('email', 'Email');
		const address = String(email).trim();
		const isSame = (other: unknown) => plainText(other)?.toLowerCase() === address.toLowerCase();
		return {
			filter: 'email',
			value: address,
			label: 'email',
			fits: (client) => isSame(client.email),
		};
	}
	if (isBlank(key)) return empty('matchKey', 'Metadata Key');
	if (isBlank(value)) return empty('matchValue', 'Metadata Value');
	const name = String(key).trim();
	const wanted = String(value).trim();
	return {
		filter: `metadata.${name}`,
		value: wanted,
		label: 'metadata',
		fits: ({ metadata }) => isPlainObject(metadata) && metadata[name] === wanted,
		metadata: { [name]: wanted },
	};
}

const nameOf = ({ id }: IDataObject) => quotable(id) ?? 'one without an ID';

/** Says why the client is not changed. */
function refuse({ label }: Match, found: IDataObject[], type: unknown): Failure | undefined {
	if (found.length > 1) {
		const ids = found.map(nameOf).join(', ');
		const count = found.length === MOST_NAMED ? `${MOST_NAMED} or more` : found.length;
		return new Failure(`${count} clients have this ${label}: ${ids}`, {
			description: `${UNTOUCHED} Use Update with one of these IDs, or look by something that only one client has.`,
		});
	}
	const [client] = found;
	const foundType = quotable(client?.type);
	if (!client || !foundType || foundType === type) return undefined;
	return new Failure(`The client with this ${label} is a ${foundType}: ${nameOf(client)}`, {
		param: 'type',
		description: `${UNTOUCHED} ComplyCube ignores what does not fit the type of a client: use Update with this ID, or choose the other 'Type'.`,
	});
}

/**
 * Prepares looking for a client, and changing or creating it.
 *
 * @param item the input item and its request
 * @param plan the operation's plan
 * @returns what sends the requests, or why the item cannot be carried out
 */
export function prepareUpsert(
	{ request, body: { match: given, ...fields }, attempt }: Item,
	plan: UpsertPlan,
): Send | Failure {
	const values = allOrFirstFailure({
		match: matchOf(given, fields.email),
		body: completedBody(fields, plan.body ?? [], false),
	});
	if (values instanceof Failure) return values;
	const { match, body = {} } = values;
	const { type, ...changes } = body;
	const { path } = request;

	/** The request that creates the client, or changes the one that was found. */
	const requestFor = (client: IDataObject | undefined) => {
		const metadata = changedMetadata(
			client?.metadata,
			{ ...match.metadata, ...(body.metadata as IDataObject | undefined) },
			[],
		);
		if (metadata instanceof Failure) return metadata;
		const segment = client && pathSegment(client.id, 'clientId');
		if (segment instanceof Failure) return NO_ID;
		const hasMetadata = body.metadata !== undefined || match.metadata !== undefined;
		return {
			...request,
			path: segment ? `${path}/${segment}` : path,
			body: {
				...(client ? changes : body),
				...(hasMetadata && { metadata }),
			},
		};
	};

	return async (connection) => {
		let created = false;
		const key = `${match.filter} ${match.value.toLowerCase()}`;
		const reply = await attempt.alone(key, async () => {
			const list = { method: 'GET' as const, path, qs: { [match.filter]: match.value } };
			const found = await readWanted(connection, list, MOST_NAMED, match.fits);
			if (found instanceof Failure) {
				return found.advising([UNTOUCHED, found.details.description].filter(Boolean).join(' '));
			}
			const [client] = found;
			const sent = refuse(match, found, type) ?? requestFor(client);
			if (sent instanceof Failure) return sent;
			created = !client;
			return await attempt.send(connection, sent);
		});
		if (reply instanceof Failure) return reply.advisingIfDoubtful(plan.inDoubt);
		attempt.noteCarriedOut();
		return itemOf({ ...reply, created });
	};
}
