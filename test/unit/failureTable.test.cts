import fc from 'fast-check';
import type { ApiRequest } from '../../nodes/ComplyCube/transport/connection';
import type { Reply, NoAnswerKind } from '../../nodes/ComplyCube/transport/exchange';
import { Failure } from '../../nodes/ComplyCube/transport/failure';
import { resultOf } from '../../nodes/ComplyCube/transport/failureTable';

const KEY = 'test_aGVsbG8gd29ybGQ6c2VjcmV0LXBhcnQ=';
const METHODS = ['GET', 'POST', 'DELETE'] as const;

/** A reply, by default without a body. */
const answer = (status: number, ...[body]: unknown[]): Reply => ({ status, headers: {}, body });

/** Creates a check: one of the few requests that the monthly quota counts. */
const CREATE_CHECK: ApiRequest = { method: 'POST', path: '/checks' };

function failureOf(reply: Reply, method: ApiRequest['method'] = 'GET', apiKey = KEY): Failure {
	const outcome = resultOf(reply, { method, path: '/checks' }, apiKey);
	expect(outcome).toBeInstanceOf(Failure);
	return outcome as Failure;
}

const causeOf = (failure: Failure) => failure.cause?.cause;

/** Cause and doubt of every status, as they were agreed on; the sentences are looked at further down. */
const STATUSES: Array<[status: number, body: unknown, cause: string | undefined, doubt: boolean]> =
	[
		[301, '', 'configuration-invalid', false],
		[302, '', 'configuration-invalid', false],
		[308, '', 'configuration-invalid', false],
		[400, { type: 'invalid_request', message: 'x' }, undefined, false],
		[401, { type: 'unauthorized', message: 'x' }, 'credential-invalid', false],
		[402, { type: 'payment_required' }, 'quota-exhausted', false],
		[403, {}, undefined, false],
		[404, { type: 'resource_not_found', message: 'x' }, undefined, false],
		[405, {}, undefined, false],
		[408, {}, 'temporarily-unavailable', true],
		[408, { type: 'timeout' }, 'temporarily-unavailable', true],
		[413, {}, undefined, false],
		[418, {}, undefined, false],
		[422, { type: 'image_unreadable', message: 'x' }, undefined, false],
		[429, { type: 'rate_limit_exceeded', message: 'x' }, undefined, false],
		[500, { type: 'internal_server_error', message: 'x' }, 'temporarily-unavailable', true],
		[501, {}, 'temporarily-unavailable', true],
		[502, '<html>Bad gateway</html>', 'temporarily-unavailable', true],
		[503, '', 'temporarily-unavailable', true],
		[504, '', 'temporarily-unavailable', true],
		[599, '', 'temporarily-unavailable', true],
	];

const SILENCES: Array<[kind: NoAnswerKind, cause: string | undefined, doubt: boolean]> = [
	['refused', 'temporarily-unavailable', false],
	['unknownHost', 'configuration-invalid', false],
	['dns', 'temporarily-unavailable', false],
	['dropped', 'temporarily-unavailable', true],
	['timeout', 'temporarily-unavailable', true],
	['tls', 'configuration-invalid', false],
	['blocked', undefined, false],
	['queueTimeout', undefined, false],
	['unreachable', 'temporarily-unavailable', true],
	['tlsBroken', undefined, true],
	// The request may have been on its way when the user stopped the execution
	['cancelled', undefined, true],
	['tooLarge', undefined, true],
	['unexplained', undefined, true],
	['keyOnHold', undefined, false],
	['pacedTooSlowly', 'configuration-invalid', false],
];

describe('a status that is no success', () => {
	describe.each(STATUSES)('%p %j', (status, body, cause, doubt) => {
		it.each(METHODS)('after %s', (method) => {
			const failure = failureOf(answer(status, body), method);
			expect(failure.message).toBeTruthy();
			expect(failure.details.description).toBeTruthy();
			expect(failure.details.httpCode).toBe(`${status}`);
			expect(failure.doubtful).toBe(doubt && method !== 'GET');
			expect(causeOf(failure)).toBe(cause);
		});
	});

	it('gives the type, the field and the sentence of the documented body', () => {
		const body = {
			type: 'invalid_request',
			message: "'personDetails' must be provided when client type is `person`",
			param: 'personDetails',
		};
		const { message, details } = failureOf(answer(400, body), 'POST');
		expect(message).toBe(body.message);
		expect(details).toEqual({
			httpCode: '400',
			type: 'invalid_request',
			param: 'personDetails',
			description: expect.stringMatching(/^ComplyCube names the field 'personDetails'\. Correct/),
		});
	});

	it.each([400, 404, 418, 422])("lets ComplyCube's sentence of %p stand alone", (status) => {
		expect(failureOf(answer(status, { type: 'x', message: 'Invalid check id' })).message).toBe(
			'Invalid check id',
		);
	});

	it.each([401, 402, 403, 413, 429, 500, 503])(
		"puts ComplyCube's sentence of %p after ours",
		(status) => {
			const ours = failureOf(answer(status, { type: 'x' })).message;
			const { message } = failureOf(answer(status, { type: 'x', message: 'Because.' }));
			expect(message).toBe(`${ours}: Because.`);
		},
	);

	it.each([{}, { message: "The 'Authorization' header is invalid" }, 'Unauthorized', null])(
		'keeps the word by which n8n knows a refused credential, whatever the body: %j',
		(body) => {
			expect(failureOf(answer(401, body)).message).toMatch(/^Authorization failed/);
		},
	);

	it('tells a used-up quota from too many requests', () => {
		const rate = failureOf(answer(429, { type: 'rate_limit_exceeded' }), 'POST');
		for (const body of [
			{ type: 'quota_exceeded', message: 'x' },
			{ type: 'x', message: 'Your monthly service Quota is used up' },
		]) {
			const quota = failureOf(answer(429, body), 'POST');
			expect(quota.message).not.toBe(rate.message);
			expect(causeOf(quota)).toBe('quota-exhausted');
			expect(quota.doubtful).toBe(false);
		}
		expect(rate.details.description).toContain('Requests per Second');
		// "quota" in another status says nothing about the plan
		expect(causeOf(failureOf(answer(422, { message: 'quota' })))).toBeUndefined();
	});

	it.each([0, 100, 199, 600, 999])('has words even for the impossible status %p', (status) => {
		const failure = failureOf(answer(status), 'POST');
		expect(failure.message).toBeTruthy();
		expect(failure.details.description).toBeTruthy();
		expect(failure.doubtful).toBe(true);
	});
});

describe('noAnswer', () => {
	describe.each(SILENCES)('%s', (noAnswer, cause, doubt) => {
		it.each(METHODS)('after %s', (method) => {
			const failure = failureOf({ noAnswer, code: 'ECODE' }, method);
			expect(failure.message).toBeTruthy();
			expect(failure.details.description).toBeTruthy();
			expect(failure.details.httpCode).toBe('ECODE');
			expect(failure.doubtful).toBe(doubt && method !== 'GET');
			expect(causeOf(failure)).toBe(cause);
		});
	});

	it('leaves out a code that is not known', () => {
		expect(failureOf({ noAnswer: 'blocked' }).details).not.toHaveProperty('httpCode');
	});

	it('gives the sentence of whoever stopped the request, without the key', () => {
		const reason = `Domain not allowed (sent with ${KEY})`;
		const { message } = failureOf({ noAnswer: 'blocked', reason });
		expect(message).toMatch(/: Domain not allowed \(sent with \(API key\)\)$/);
	});

	it('never says that nothing was sent where something may have been', () => {
		for (const [noAnswer, , doubt] of SILENCES) {
			const { description } = failureOf({ noAnswer }, 'POST').details;
			if (doubt) expect(description).not.toMatch(/nothing was sent/i);
		}
	});
});

describe('a success', () => {
	it('is its JSON object', () => {
		const body = { id: '1', error: 'part of the object' };
		expect(resultOf(answer(200, body), { method: 'GET', path: '/checks' }, KEY)).toBe(body);
		expect(resultOf(answer(201, body), CREATE_CHECK, KEY)).toBe(body);
	});

	it.each(['', null, undefined, {}])('is empty for 204 with body %p', (body) => {
		expect(resultOf(answer(204, body), { method: 'DELETE', path: '/checks/x' }, KEY)).toEqual({});
	});

	describe.each([
		['an empty text', ''],
		['text', 'OK'],
		['HTML', '<!doctype html><title>Welcome to our proxy</title>'],
		['truncated JSON', '{"id":"5eb2b61e02df0a0008f1cf2a","stat'],
		['an array', [{ id: '1' }]],
		['a number', 5],
		['true', true],
		['null', null],
		['nothing', undefined],
	])('that is %s', (_, body) => {
		it.each(METHODS)('cannot be read after %s', (method) => {
			const failure = failureOf(answer(200, body), method);
			expect(failure.message).toContain('not the JSON');
			expect(failure.details.description).toContain('Base URL');
			expect(failure.details.httpCode).toBe('200');
			expect(failure.doubtful).toBe(method !== 'GET');
			expect(failure.cause).toBeUndefined();
		});
	});
});

describe('any body of a failure', () => {
	const MEGABYTE = 1_000_000;
	const BODIES: Array<[string, unknown]> = [
		['HTML', '<html><body><h1>502 Bad Gateway</h1></body></html>'],
		['an empty text', ''],
		['null', null],
		['nothing', undefined],
		['an array', [{ message: 'in a list' }]],
		['a number', 42],
		['truncated JSON', '{"type":"invalid_request","mess'],
		['a megabyte of text', 'x'.repeat(MEGABYTE)],
		['fields of other types', { type: 7, message: { text: 'x' }, param: ['a'] }],
		['empty fields', { type: '', message: '   ', param: null }],
		['an object without a prototype', Object.create(null)],
	];

	it.each(BODIES)('is survived: %s', (_, body) => {
		for (const [status] of STATUSES) {
			const bare = failureOf(answer(status), 'POST');
			const failure = failureOf(answer(status, body), 'POST');
			expect(failure.message).toBe(bare.message);
			expect(failure.details).toEqual(bare.details);
			expect(failure.doubtful).toBe(bare.doubtful);
		}
	});

	it.each(['type', 'message', 'param'])('has its %s cut', (field) => {
		const failure = failureOf(answer(422, { [field]: 'x'.repeat(MEGABYTE) }));
		expect(failure.message.length).toBeLessThan(1_000);
		expect(JSON.stringify(failure).length).toBeLessThan(3_000);
		expect(JSON.stringify(failure)).toContain('xxx');
	});

	it('is not cut in the middle of a character', () => {
		for (const lead of ['', 'x']) {
			const { message } = failureOf(answer(422, { message: lead + '😀'.repeat(1_000) }));
			// Half a character cannot be written as UTF-8
			expect(message).not.toMatch(/\p{Cs}/u);
		}
	});

	it('becomes one line without control characters', () => {
		const message = 'first\r\nsecond\u0000\u001b[31m\u0085\u2028third\t\t.  ';
		const failure = failureOf(answer(422, { message, type: 'a\nb', param: 'c\u0000d' }));
		expect(failure.message).toBe('first second [31m third .');
		expect(failure.details).toMatchObject({ type: 'a b', param: 'c d' });
	});

	it('never carries the key, wherever it stands', () => {
		const place = fc.constantFrom('message', 'type', 'param', 'other field', 'reason', 'text');
		const around = fc.string({ unit: 'binary', maxLength: 500 });
		const status = fc.constantFrom(...STATUSES.map(([code]) => code));
		const replyWith = (where: string, code: number, text: string): Reply => {
			if (where === 'reason') return { noAnswer: 'blocked', reason: text };
			return where === 'text' ? answer(200, text) : answer(code, { [where]: text });
		};
		fc.assert(
			fc.property(place, status, around, around, (where, code, before, after) => {
				const failure = failureOf(replyWith(where, code, before + KEY + after + KEY), 'POST');
				expect(JSON.stringify(failure)).not.toContain(KEY);
			}),
			{ numRuns: 1_000 },
		);
	});

	it('is left alone by an empty key', () => {
		expect(failureOf(answer(404, { type: 'x', message: 'No such check' }), 'GET', '').message).toBe(
			'No such check',
		);
	});

	it('never makes the pipeline throw, nor the failure one of several lines', () => {
		const body = fc.oneof(
			fc.anything(),
			fc.record({ type: fc.anything(), message: fc.anything(), param: fc.anything() }),
			fc.record({ message: fc.string({ unit: 'binary' }) }),
		);
		const status = fc.integer({ min: 300, max: 599 });
		fc.assert(
			fc.property(body, status, fc.constantFrom(...METHODS), (anyBody, code, method) => {
				const failure = failureOf(answer(code, anyBody), method);
				expect(failure.message).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
				expect(failure.message.trim()).toBe(failure.message);
				expect(failure.message).not.toBe('');
				expect(failure.message).not.toMatch(/undefined|\[object/);
			}),
			{ numRuns: 1_000 },
		);
	});
});

describe('our own wording', () => {
	const own: Array<[string, Failure]> = [
		...STATUSES.flatMap(([status]) =>
			[{}, { type: 'x' }, { type: 'quota' }].map((body): [string, Failure] => [
				`${status} ${body.type}`,
				resultOf(answer(status, body), CREATE_CHECK, KEY) as Failure,
			]),
		),
		...SILENCES.map(([noAnswer]): [string, Failure] => [
			noAnswer,
			resultOf({ noAnswer }, CREATE_CHECK, KEY) as Failure,
		]),
		['unreadable', resultOf(answer(200, ''), CREATE_CHECK, KEY) as Failure],
	];

	it.each(own)('blames nobody: %s', (_, { message, details }) => {
		expect(`${message} ${details.description}`).not.toMatch(/error|problem|failure|mistake/i);
	});

	it.each(own)('is a sentence each: %s', (_, { message, details }) => {
		// n8n adds "[item 3]" to the message, and a full stop of ours would stand before it
		expect(message).toMatch(/^[A-Z].*[^.:!?]$/);
		expect(details.description).toMatch(/^[A-Z].*\.$/);
		expect(`${message} ${details.description}`).not.toMatch(/[.:;,!?]{2}|\s[.:;,!?]|\s{2}/);
	});

	it.each(['Try again.', 'Try again. …', 'Really?', 'Stop!', 'The end', 'So:'])(
		"has no double punctuation after ComplyCube's %p",
		(sentence) => {
			for (const [status] of STATUSES) {
				const body = { type: 'x', message: sentence };
				const { message, details } = failureOf(answer(status, body), 'POST');
				expect(message.endsWith(sentence)).toBe(true);
				expect(message.slice(0, -sentence.length)).not.toMatch(/[.:;,!?]{2}/);
				expect(details.description).not.toMatch(/[.:;,!?]{2}/);
			}
		},
	);
});

describe('what may pass by itself', () => {
	const PASSING = [
		'refused',
		'dns',
		'dropped',
		'timeout',
		'unreachable',
		'queueTimeout',
		'cancelled',
	];
	it.each(SILENCES)('after a GET, and nothing else, is told to run again later: %s', (kind) => {
		const { description } = failureOf({ noAnswer: kind }).details;
		expect(description!.includes('again in a few minutes')).toBe(PASSING.includes(kind));
	});

	it.each([500, 502, 503, 504])('is %i too', (status) => {
		expect(failureOf(answer(status)).details.description).toContain('again in a few minutes');
	});

	it.each(METHODS)('is never safe to run again where it is in doubt: %s', (method) => {
		const { description } = failureOf(answer(503), method).details;
		expect(description!.includes('look before you run this item again')).toBe(method !== 'GET');
		expect(description!.includes('Run the workflow again')).toBe(method === 'GET');
	});
});

it.each([200, 201, 202, 299])('%i is a success', (status) => {
	expect(resultOf(answer(status, { id: '1' }), CREATE_CHECK, KEY)).toEqual({ id: '1' });
});
