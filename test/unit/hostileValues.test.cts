import fc from 'fast-check';
import type { IDataObject, ILoadOptionsFunctions } from 'n8n-workflow';
import { searchIn } from '../../nodes/ComplyCube/listSearch/search';
import { poll } from '../../nodes/ComplyCube/pipeline/polling';
import type { ApiRequest, Connection } from '../../nodes/ComplyCube/transport/connection';
import { connect } from '../../nodes/ComplyCube/transport/connection';
import {
	exchange,
	noAnswerFrom,
	type RequestContext,
} from '../../nodes/ComplyCube/transport/exchange';
import { Failure, isMissing } from '../../nodes/ComplyCube/transport/failure';
import { resultOf } from '../../nodes/ComplyCube/transport/failureTable';
import { envelopeOf, readPages } from '../../nodes/ComplyCube/transport/pages';
import { pathSegment } from '../../nodes/ComplyCube/transport/pathSegment';
import { isQuotaUsedUp, retryAfter, retryPolicy } from '../../nodes/ComplyCube/transport/retry';
import { readable } from '../../nodes/ComplyCube/values/readable';
import { plainLine } from '../../nodes/ComplyCube/values/text';
import { fakeConnection } from './fakeConnection.cts';

const KEY = 'test_a2V5';
const REQUESTS: ApiRequest[] = [
	{ method: 'GET', path: '/clients' },
	{ method: 'POST', path: '/checks' },
	{ method: 'DELETE', path: '/clients/x' },
];

/** Names that readers look for, and those by which objects become texts. */
const NAMES = [
	...['type', 'message', 'param', 'status', 'items', 'pages', 'totalItems', 'pageSize', 'id'],
	...['code', 'httpCode', 'cause', 'toString', 'valueOf', 'toJSON', 'toISO', 'constructor'],
];

const { any } = fc.letrec<{ any: unknown }>((tie) => ({
	any: fc.oneof(
		{ maxDepth: 3 },
		fc.jsonValue(),
		fc.anything({ withNullPrototype: true, withBigInt: true }),
		fc.dictionary(fc.constantFrom(...NAMES), tie('any'), { maxKeys: 6 }),
	),
}));

/** Either of no use, or a sentence in one line. */
function expectReadable(result: IDataObject | Failure): void {
	if (!(result instanceof Failure)) return;
	const { message, details } = result;
	for (const text of [message, ...Object.values(details)]) {
		expect(typeof text).toBe('string');
		expect(text).not.toMatch(/[\p{Cc}\p{Cf}\u2028\u2029]|undefined|\[object/u);
	}
	expect(message).not.toBe('');
	expect(message.length).toBeLessThan(600);
}

describe('whatever an answer is made of', () => {
	it('its readers never throw', () => {
		const request = fc.constantFrom(...REQUESTS);
		const headers = fc.oneof(fc.dictionary(fc.constant('retry-after'), any), fc.constant({}));
		const status = fc.integer({ min: 0, max: 600 });
		fc.assert(
			fc.property(request, status, headers, any, (sent, code, head, body) => {
				const reply = { status: code, headers: head as IDataObject, body };
				const result = resultOf(reply, sent, KEY);
				if (code < 200 || code > 299) expectReadable(result);
				isMissing(result);
				isQuotaUsedUp(sent, reply);
				retryPolicy(sent, reply);
			}),
			{ numRuns: 3_000 },
		);
	});

	it('its counts and waits are numbers', () => {
		fc.assert(
			fc.property(any, (value) => {
				const ms = retryAfter(value);
				expect(ms === undefined || (Number.isFinite(ms) && ms >= 0)).toBe(true);
				isMissing(value);
				const envelope = envelopeOf({ items: [], ...(value as IDataObject) });
				for (const count of [envelope?.totalItems, envelope?.pages, envelope?.pageSize]) {
					expect(count === undefined || (Number.isSafeInteger(count) && count >= 0)).toBe(true);
				}
			}),
			{ numRuns: 3_000 },
		);
	});

	it('what is thrown instead of it is read as well', () => {
		fc.assert(
			fc.property(any, (thrown) => {
				expectReadable(resultOf(noAnswerFrom(thrown), REQUESTS[1], KEY));
			}),
			{ numRuns: 3_000 },
		);
	});

	it('a request ends with a reply, whatever the helper gives or throws', async () => {
		await fc.assert(
			fc.asyncProperty(any, fc.boolean(), async (value, throws) => {
				const helper = async () => await (throws ? Promise.reject(value) : Promise.resolve(value));
				const context = { helpers: { httpRequestWithAuthentication: helper } };
				const reply = await exchange(context as unknown as RequestContext, {}, { url: 'x' });
				const result = resultOf(reply, REQUESTS[1], KEY);
				expect(result).toBeInstanceOf(Failure);
				expectReadable(result);
			}),
			{ numRuns: 1_000 },
		);
	});

	it('a list ends, with objects or a sentence', async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(any, { maxLength: 5 }), async (values) => {
				const replies = values.filter(
					(value) => typeof value === 'object' && value !== null,
				) as IDataObject[];
				const send = async () => replies.shift() ?? { items: [] };
				const list = await readPages({ ...fakeConnection([]), send }, REQUESTS[0], Infinity);
				expect(Array.isArray(list) || list instanceof Failure).toBe(true);
			}),
			{ numRuns: 1_000 },
		);
	});

	it('a list to pick from has texts', async () => {
		const search = searchIn({
			path: '/clients',
			describe: ({ type, message, status }, localTime) => [
				type,
				readable(message),
				localTime(status),
				status,
			],
		});
		await fc.assert(
			fc.asyncProperty(fc.array(fc.dictionary(fc.constantFrom(...NAMES), any)), async (items) => {
				const context = {
					getTimezone: () => 'Europe/Berlin',
					getCredentials: async () => ({ apiKey: 'test_search', requestsPerSecond: 1e9 }),
					helpers: {
						httpRequestWithAuthentication: async () => ({
							statusCode: 200,
							headers: {},
							body: { items, pages: 1 },
						}),
					},
				};
				const { results } = await search.call(context as unknown as ILoadOptionsFunctions);
				for (const { name, value } of results) {
					expect(typeof value).toBe('string');
					expect(name).not.toMatch(/[\p{Cc}\p{Cf}\u2028\u2029]|\[object/u);
					expect(name).not.toBe('');
				}
			}),
			{ numRuns: 300, examples: [[[{ id: ' ' }]], [[{ id: '\u200b', type: 'x' }]]] },
		);
	});
});

describe('what turns or hides in a text', () => {
	const HIDDEN = '\u202e\u2066\u2069\u200b\u200d\u00ad\ufeff\u061c\u0000\u001b\u0085';

	it('does not reach a sentence', () => {
		const body = {
			type: `a${HIDDEN}b`,
			message: `No ${HIDDEN}such\u2028client`,
			param: `c${HIDDEN}d`,
		};
		const failure = resultOf({ status: 400, headers: {}, body }, REQUESTS[0], KEY) as Failure;
		expect(failure.message).toBe('No such client');
		expectReadable(failure);
		expectReadable(resultOf({ noAnswer: 'blocked', reason: HIDDEN }, REQUESTS[0], KEY));
	});

	it('does not hide the key from being taken out', () => {
		const hidden = [...KEY].join('\u200b');
		const body = { type: 'x', message: `Key ${hidden}` };
		const { message } = resultOf({ status: 400, headers: {}, body }, REQUESTS[0], KEY) as Failure;
		expect(message).toBe('Key (API key)');
	});

	it.each([
		['while it is waited for', { fine: true }],
		['in the reply to a change', new Failure('The session could not be read')],
	])('does not reach a sentence as a status %s, however long', async (_, look) => {
		jest.useFakeTimers();
		const wait = { object: 'session', getPath: '', final: ['complete'], path: '/x', minutes: 1 };
		const status = `pro${HIDDEN}cessing`.padEnd(100_000, 'x');
		const send = async () => (look instanceof Failure ? look : { ...look, status });
		const pause = async (ms: number) => {
			jest.advanceTimersByTime(ms);
			return true;
		};
		const failure = (await poll(
			{ ...fakeConnection([]), send, pause },
			wait,
			{ status },
			false,
		)) as Failure;
		jest.useRealTimers();
		expect(failure.message).toContain("'pro cessingx");
		expectReadable(failure);
	});

	it('leaves any text in one line', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), (text) => {
				expect(plainLine(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u);
			}),
		);
	});
});

describe('an ID', () => {
	it('has 256 characters at the most', () => {
		expect(pathSegment('a'.repeat(256), 'clientId')).toBe('a'.repeat(256));
		for (const length of [257, 100_000]) {
			const refusal = pathSegment('a'.repeat(length), 'clientId') as Failure;
			expect(refusal.message).toBe("The 'Client' parameter is too long to be an ID");
			expect(refusal.details).toMatchObject({ param: 'clientId' });
			expect(refusal.details.description).toContain('256');
		}
	});

	it.each(['a\u202eb', 'a\u2066b', 'a\u200bb'])('has nothing invisible in it: %j', (id) => {
		expect((pathSegment(id, 'clientId') as Failure).message).toContain('not a valid ID');
	});
});

it('headers that are none do no harm', async () => {
	jest.spyOn(Math, 'random').mockReturnValue(0);
	for (const headers of [undefined, null, 'x', 5, [], { 'retry-after': {} }]) {
		const context = {
			getCredentials: async () => ({ apiKey: 'test_headers', requestsPerSecond: 1e9 }),
			helpers: {
				httpRequestWithAuthentication: async () => ({ statusCode: 503, headers, body: {} }),
			},
		};
		const connection = (await connect(context as unknown as RequestContext)) as Connection;
		const result = await connection.send(REQUESTS[0]);
		expect((result as Failure).details.httpCode).toBe('503');
	}
});
