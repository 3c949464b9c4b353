import {
	ApplicationError,
	NodeApiError,
	NodeOperationError,
	OperationalError,
	UserError,
	type INode,
	type JsonObject,
} from 'n8n-workflow';
import { noAnswerFrom } from '../../nodes/ComplyCube/transport/exchange';
import { Failure } from '../../nodes/ComplyCube/transport/failure';
import { resultOf } from '../../nodes/ComplyCube/transport/failureTable';
import { retryPolicy } from '../../nodes/ComplyCube/transport/retry';

const NODE = { name: 'ComplyCube', type: 'x', parameters: {} } as unknown as INode;
const POST = { method: 'POST', path: '/clients' } as const;

const failureOf = (thrown: unknown) => resultOf(noAnswerFrom(thrown), POST, 'test_key') as Failure;

const wrapped = (error: Error) => new NodeApiError(NODE, error as unknown as JsonObject);

const coded = (code: string) => Object.assign(new Error('It did not work'), { code });

describe('is known not to have been sent', () => {
	it.each<[string, unknown]>([
		["the credential's own refusal", new UserError('The ComplyCube API key was not sent')],
		["n8n's refusal of a domain", new UserError('Domain not allowed: x')],
		['the same in n8n 1', new ApplicationError('Domain not allowed: x')],
		['a credential that is not there', new NodeOperationError(NODE, 'No credentials')],
		['an address that is none', coded('ERR_INVALID_URL')],
		['a key with characters no header takes', coded('ERR_INVALID_CHAR')],
		['a path with characters no path takes', coded('ERR_UNESCAPED_CHARACTERS')],
		['an unknown protocol', coded('ERR_INVALID_PROTOCOL')],
		['options that n8n does not know', coded('ERR_BAD_OPTION_VALUE')],
	])('%s', (_, thrown) => {
		for (const each of [thrown, wrapped(thrown as Error)]) {
			const failure = failureOf(each);
			expect(failure.doubtful).toBe(false);
			expect(failure.message).toMatch(/^The request was not sent/);
		}
	});
});

describe('may have been sent', () => {
	it.each<[string, unknown]>([
		['an error without a code', new Error('Something went wrong')],
		['an error of the code itself', new TypeError('x is not a function')],
		['what n8n says of its own later on', new OperationalError('Maximum number of redirects')],
		['a code that is no text', Object.assign(new Error('x'), { code: 5 })],
		['an object', { message: 'x' }],
		['an object without a message', {}],
		['a text', 'broken'],
		['nothing', undefined],
		['null', null],
		['a number', 7],
		['a code nobody knows', coded('E_SOMETHING')],
		['a code like a property of every object', { code: 'constructor' }],
	])('%s', (_, thrown) => {
		const all = thrown instanceof Error ? [thrown, wrapped(thrown)] : [thrown];
		for (const each of all) {
			const failure = failureOf(each);
			expect(failure.doubtful).toBe(true);
			expect(`${failure.message} ${failure.details.description}`).not.toMatch(/not sent|nothing/i);
			expect(failure.details.description).toContain('before you run this item again');
		}
	});

	it('and says what was thrown, in one line, without the key', () => {
		const { message } = failureOf(new Error('It broke\nwith test_\u200bkey'));
		expect(message).toBe('The request ended without an answer: It broke with (API key)');
	});

	it('is not repeated, nor is a GET', () => {
		const reply = noAnswerFrom(new Error('x'));
		expect(retryPolicy(POST, reply)).toBeUndefined();
		expect(retryPolicy({ method: 'GET', path: '/clients' }, reply)).toBeUndefined();
	});
});

it('causes that run in a circle are survived', () => {
	const error = new Error('x');
	error.cause = Object.assign(new Error('y'), { cause: error });
	expect(noAnswerFrom(error)).toEqual({ noAnswer: 'unexplained', reason: 'x' });
});
