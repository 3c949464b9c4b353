import { valueAt } from './calls/call.cts';
import { withoutRepeats } from './compare.cts';
import { jsonOf, type Exchange } from './proxy.cts';
import { isInside, kindsAt, shapeOf } from './shape.cts';
import { isOutcome, type Comparison } from './verification.cts';

/** What the documentation leaves open, and what the service did. */
export interface Point {
	point: string;
	/** One line, without values that belong to anybody */
	answer: string;
}

/** The service's replies. */
class Replies {
	private readonly byCall: Map<string, Exchange[]>;

	constructor(comparisons: Comparison[]) {
		this.byCall = new Map(
			comparisons.map(({ call, service }) => [
				call.name,
				isOutcome(service) ? withoutRepeats(service.exchanges) : [],
			]),
		);
	}

	all(): Exchange[] {
		return [...this.byCall.values()].flat();
	}

	/** @returns The last reply to a call; undefined if it was not made */
	to(call: string): Exchange | undefined {
		return this.byCall.get(call)?.at(-1);
	}
}

type Answer = (replies: Replies) => string | undefined;

/** @returns The status, and an error's code and message */
function inShort(reply: Exchange): string {
	const json = jsonOf(reply);
	const [type, message, param] = ['type', 'message', 'param'].map((name) => valueAt(json, name));
	if (reply.status < 400) return `${reply.status}`;
	return `${reply.status} ${String(type)}${param ? ` (${String(param)})` : ''}: ${String(message)}`;
}

/** @returns The names of fields, with their kinds, inside this path */
function fieldsAt(json: unknown, path = ''): string {
	const shape = shapeOf(json);
	if (!shape.has(path)) return 'absent';
	const inner = [...shape.keys()].filter((other) => isInside(other, path));
	if (inner.length === 0) return `${kindsAt(shape, path)}, empty`;
	const skipped = path ? path.length : 0;
	return inner
		.map((other) => `${other.slice(skipped).replace(/^\./, '')} ${kindsAt(shape, other)}`)
		.join(', ');
}

/** The answer that one call gives. */
const inReply =
	(call: string, read: (reply: Exchange) => string = inShort): Answer =>
	(replies) => {
		const reply = replies.to(call);
		return reply && read(reply);
	};

/** The answers that several calls give, each with its name. */
const inReplies =
	(calls: string[], read: (reply: Exchange) => string = inShort): Answer =>
	(replies) => {
		const answers = calls.flatMap((call) => {
			const reply = replies.to(call);
			return reply ? [`${call}: ${read(reply)}`] : [];
		});
		return answers.length > 0 ? answers.join('; ') : undefined;
	};

const withStatus =
	(status: number): Answer =>
	(replies) => {
		const reply = replies.all().find((one) => one.status === status);
		return reply && inShort(reply);
	};

const totalItems = (reply: Exchange) => `${String(valueAt(jsonOf(reply), 'totalItems'))} found`;

const outcomes = (reply: Exchange): string => {
	const items = valueAt(jsonOf(reply), 'items');
	const seen = Array.isArray(items) ? items.map((item) => valueAt(item, 'outcome')) : [];
	const distinct = [...new Set(seen.filter((outcome) => outcome !== undefined))];
	return distinct.length > 0 ? distinct.map(String).sort().join(', ') : 'none seen';
};

const mentions =
	(text: string) =>
	(reply: Exchange): string =>
		`${reply.body.includes(text) ? 'listed' : 'not listed'} (${inShort(reply)})`;

const limitHeaders: Answer = (replies) => {
	const reply = replies.to('more requests than the limit');
	if (!reply) return undefined;
	const names = Object.keys(reply.headers).filter((name) => /rate|retry/.test(name));
	return `${inShort(reply)}; headers: ${names.join(', ') || 'none'}`;
};

const reportData = (reply: Exchange): string => {
	const data = valueAt(jsonOf(reply), 'data');
	if (typeof data !== 'string') return inShort(reply);
	return URL.canParse(data) ? `a link to ${new URL(data).host}` : 'the file in Base64';
};

const metadataKept = (reply: Exchange): string => {
	if (reply.status >= 400) return inShort(reply);
	return valueAt(jsonOf(reply), 'metadata.first') === undefined ? 'replaced' : 'merged';
};

const POINTS: Array<[point: string, answer: Answer]> = [
	...['tasks', 'compliancePolicies', 'policyAssurance'].map((name): [string, Answer] => [
		`Items of a session's ${name}`,
		inReply('Workflow Session: Get', (reply) => fieldsAt(jsonOf(reply), name)),
	]),
	['Outcomes of sessions', inReply('Workflow Session: Get Many', outcomes)],
	[
		'Filters of sessions',
		inReplies(
			[
				'Workflow Session: Get Many',
				'workflow sessions with status=complete',
				'workflow sessions with status=started',
				'workflow sessions with outcome=clear',
				'workflow sessions with outcome=attention',
				'workflow sessions with outcome=review',
				'workflow sessions with outcome=decline',
			],
			totalItems,
		),
	],
	[
		'Reply to Cancel',
		inReply('Workflow Session: Cancel', (reply) =>
			reply.status < 400 ? `${reply.status} ${fieldsAt(jsonOf(reply))}` : inShort(reply),
		),
	],
	[
		'Cancel and Complete in the wrong status',
		inReplies(['cancel a session again', 'complete a cancelled session']),
	],
	['Completing twice', inReply('complete a session again')],
	[
		'Event workflow.session.abandoned',
		inReply('create a webhook for a nonsense event', mentions('workflow.session.abandoned')),
	],
	...[402, 403, 413, 422].map((status): [string, Answer] => [
		`Error body of ${status}`,
		withStatus(status),
	]),
	['Retry-After and headers about the rate limit', limitHeaders],
	['Report of a workflow session', inReply('Report: Generate for Workflow Session', reportData)],
	[
		'Reply of autofill',
		inReply('Document: Extract Data', (reply) =>
			reply.status < 400 ? fieldsAt(jsonOf(reply)) : inShort(reply),
		),
	],
	[
		'Frame of a company search',
		inReply('Company Lookup: Search', (reply) => {
			const json = jsonOf(reply);
			return reply.status < 400 && json ? Object.keys(json).join(', ') : inShort(reply);
		}),
	],
	['Scope mode exclusion', inReply('screen without one list')],
	['Workflow template endpoint', inReply('list workflow templates')],
	['Webhooks with an http address', inReply('create a webhook with an http address')],
	[
		'IDs that cannot exist',
		inReplies([
			'get a client with an ID that cannot exist',
			'complete a session with an ID that cannot exist',
		]),
	],
	['Metadata of an update', inReply('update metadata', metadataKept)],
	[
		'Matches of a screening',
		inReply('a check with a match', (reply) => fieldsAt(jsonOf(reply), 'result.breakdown.matches')),
	],
];

/** What these calls cannot find out, and why. */
const BEYOND_CALLS: Point[] = [
	{
		point: 'Reply of Add record',
		answer: 'not asked: a record cannot be removed again',
	},
	{
		point: 'Payload and resourceType of workflow.session.* events',
		answer: 'not asked: takes a public address, and a person who goes through a workflow',
	},
	{
		point: 'Source addresses, order and TLS of deliveries',
		answer: 'not asked: takes a public address',
	},
	{ point: 'Lifetime of redirectUrl', answer: 'not asked: takes hours' },
];

const NOT_MET = 'not settled: no reply showed it';

/** Says of each open point what the service did. */
export function settle(comparisons: Comparison[]): Point[] {
	const replies = new Replies(comparisons);
	const settled = POINTS.map(([point, answer]) => ({ point, answer: answer(replies) ?? NOT_MET }));
	return [...settled, ...BEYOND_CALLS];
}
