import { isInside, kindsAt, shapeOf } from './shape.cts';
import { jsonOf, type Exchange, type Reply } from './proxy.cts';

/** What both sides did with the same call. */
export interface Outcome {
	exchanges: Exchange[];
	/** What the node made of it, if it was a run of the node */
	node?: string;
}

/** Something that is not the same on both sides. */
export interface Difference {
	/** Which part: a path in the reply, or in brackets something around it */
	field: string;
	simulator: string;
	service: string;
}

/** What is known of the reply beforehand; see `Call`. */
export interface Expectation {
	isAccountWide?: true;
	dataLevels?: number;
}

const ABSENT = 'absent';

const isError = ({ status }: Reply) => status >= 400;

const errorField = (reply: Reply, name: 'type' | 'param'): string =>
	String((jsonOf(reply) as Record<string, unknown> | undefined)?.[name] ?? ABSENT);

function statusOf(reply: Reply): string {
	if (reply.status === 0) return 'no answer';
	return isError(reply) ? `${reply.status} ${errorField(reply, 'type')}` : `${reply.status}`;
}

const mediaTypeOf = ({ headers }: Reply): string =>
	headers['content-type']?.split(';')[0].trim().toLowerCase() ?? ABSENT;

const retryAfterOf = ({ headers }: Reply): string => {
	const value = headers['retry-after'];
	if (value === undefined) return ABSENT;
	return /^\d+$/.test(value) ? 'seconds' : 'date';
};

function contentOf(reply: Reply): string {
	if (reply.body.length === 0) return 'empty';
	return jsonOf(reply) === undefined ? 'no JSON' : 'JSON';
}

/** Lists the fields whose kinds of value are different. */
function differentFields(simulator: Reply, service: Reply, expectation: Expectation): Difference[] {
	const shapes = [simulator, service].map((reply) =>
		shapeOf(jsonOf(reply), expectation.dataLevels),
	) as [ReturnType<typeof shapeOf>, ReturnType<typeof shapeOf>];
	const paths = [...new Set(shapes.flatMap((shape) => [...shape.keys()]))];
	/** A list that is empty on one side only says so once, or not at all if that is a matter of the account. */
	const isNoMatter = (path: string) =>
		expectation.isAccountWide && path.endsWith('[]') && shapes.some((shape) => !shape.has(path));
	const outer: string[] = paths.filter(isNoMatter);
	const found: Difference[] = [];
	for (const path of paths.sort()) {
		if (outer.some((other) => path === other || isInside(path, other))) continue;
		const [simulated, served] = shapes.map((shape) => kindsAt(shape, path) ?? ABSENT);
		if (simulated === served) continue;
		outer.push(path);
		found.push({ field: path || '(body)', simulator: simulated, service: served });
	}
	return found;
}

/** The differences between two replies; if only one is an error, its content is not compared. */
function compareReplies(simulator: Reply, service: Reply, expectation: Expectation): Difference[] {
	const aspects: Array<[field: string, of: (reply: Reply) => string]> = [
		['(status)', (reply) => String(reply.status)],
		['(content type)', mediaTypeOf],
		['(Retry-After)', retryAfterOf],
		['(body)', contentOf],
	];
	if (isError(simulator) !== isError(service) || service.status === 0) {
		return [{ field: '(status)', simulator: statusOf(simulator), service: statusOf(service) }];
	}
	const found = aspects
		.map(([field, of]) => ({ field, simulator: of(simulator), service: of(service) }))
		.filter((difference) => difference.simulator !== difference.service);
	if (found.some(({ field }) => field === '(body)')) return found;
	const fields = differentFields(simulator, service, expectation);
	// Programs go by these values
	const values = (isError(service) ? (['type', 'param'] as const) : [])
		.filter((name) => !fields.some(({ field }) => field === name || field === '(body)'))
		.map((name) => ({
			field: name,
			simulator: errorField(simulator, name),
			service: errorField(service, name),
		}))
		.filter((difference) => difference.simulator !== difference.service);
	return [...found, ...fields, ...values];
}

/** @returns The last of each run of equal requests: a question asked again and again counts once */
export const withoutRepeats = (exchanges: Exchange[]): Exchange[] =>
	exchanges.filter(({ method, path }, index) => {
		const next = exchanges[index + 1];
		return !next || next.method !== method || next.path !== path;
	});

/** Which of several requests it was, with `:id` for whatever has a digit in it. */
const named = ({ method, path }: Exchange) =>
	`${method} ${path.split('?')[0].replace(/[^/]*\d[^/]*/g, ':id')}: `;

/**
 * Compares what both sides did with the same call: status, fields and kinds of value, but no values except those that tell what
 * kind of error it is.
 */
export function compare(
	simulator: Outcome,
	service: Outcome,
	expectation: Expectation = {},
): Difference[] {
	const [simulated, served] = [simulator, service].map(({ exchanges }) =>
		withoutRepeats(exchanges),
	) as [Exchange[], Exchange[]];
	const requests = { simulator: `${simulated.length}`, service: `${served.length}` };
	const pairs = simulated.slice(0, served.length).map((exchange, index) => {
		const prefix = simulated.length > 1 ? named(exchange) : '';
		return compareReplies(exchange, served[index], expectation).map((difference) => ({
			...difference,
			field: prefix + difference.field,
		}));
	});
	return [
		...(requests.simulator === requests.service ? [] : [{ field: '(requests)', ...requests }]),
		...pairs.flat(),
		...(simulator.node === service.node
			? []
			: [
					{
						field: '(node)',
						simulator: simulator.node ?? ABSENT,
						service: service.node ?? ABSENT,
					},
				]),
	];
}
