import { NodeApiError, type INode, type JsonObject } from 'n8n-workflow';
import { Failure } from '../../nodes/ComplyCube/transport/failure';
import { nodeApiError } from '../../nodes/ComplyCube/transport/nodeApiError';

const NODE: INode = {
	id: '1',
	name: 'ComplyCube',
	type: 'n8n-nodes-complycube.complyCube',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

/** Sentences that n8n would exchange for its own, because of the letters of some code in them. */
const SENTENCES = [
	'A preexisting client was found', // "eexist"
	'The connection was closed (ECONNRESET)',
	'getaddrinfo ENOTFOUND api.complycube.com',
	'connect ECONNREFUSED 127.0.0.1:443',
	'Reread the preaccession form', // "eacces"
	'Operation EPERM',
	'Bad gateway',
	'Invalid client id',
];

describe('nodeApiError', () => {
	it.each(SENTENCES)('keeps the sentence %p', (message) => {
		const description = `What to do about: ${message}`;
		const error = nodeApiError(NODE, new Failure(message, { description, httpCode: '422' }));
		expect(error).toBeInstanceOf(NodeApiError);
		expect(error.message).toBe(message);
		expect(error.description).toBe(description);
		expect(error.messages).toEqual([]);
	});

	it('would lose such a sentence to n8n without help', () => {
		// Otherwise the test above proves nothing
		const options = { message: 'A preexisting client was found' };
		expect(new NodeApiError(NODE, {}, options).message).not.toBe(options.message);
	});

	it('keeps a description that is the same as the message', () => {
		const error = nodeApiError(NODE, new Failure('Same', { description: 'Same' }));
		expect(error.message).toBe('Same');
		expect(error.description).toBe('Same');
	});

	it('keeps its words when n8n wraps it once more', () => {
		const error = nodeApiError(
			NODE,
			new Failure('A preexisting client', { description: 'Look it up', httpCode: '422' }),
			2,
		);
		const wrapped = new NodeApiError(NODE, error as unknown as JsonObject, { itemIndex: 2 });
		expect(wrapped).toBe(error);
		expect(wrapped.message).toBe('A preexisting client [item 2]');
		expect(wrapped.httpCode).toBe('422');
	});

	it.each([0, 1, 41])('names item %p', (item) => {
		const error = nodeApiError(NODE, new Failure('No such check'), item);
		expect(error.message).toBe(`No such check [item ${item}]`);
		expect(error.context.itemIndex).toBe(item);
	});

	it('names no item where there is only one', () => {
		const error = nodeApiError(NODE, new Failure('No such check'));
		expect(error.message).toBe('No such check');
		expect(error.context.itemIndex).toBeUndefined();
	});

	it.each(['401', '404', '500', 'ECONNRESET', 'ENOTFOUND'])('tells the code %p', (httpCode) => {
		const error = nodeApiError(NODE, new Failure('Our own sentence', { httpCode }));
		expect(error.httpCode).toBe(httpCode);
		expect(error.message).toBe('Our own sentence');
	});

	it('tells no code where there was no answer', () => {
		const error = nodeApiError(NODE, new Failure('The parameter is empty', { param: 'limit' }));
		expect(error.httpCode).toBeNull();
	});

	it("passes the cause on for n8n's own use", () => {
		const cause = { cause: 'credential-invalid' } as const;
		expect(nodeApiError(NODE, new Failure('x', {}, false, cause)).failure).toEqual(cause);
		expect(nodeApiError(NODE, new Failure('x')).failure).toBeUndefined();
	});

	it('carries nothing of a request or a reply', () => {
		const failure = new Failure('x', { description: 'y', httpCode: '422', type: 't', param: 'p' });
		const error = nodeApiError(NODE, failure, 0);
		expect(error.context).not.toHaveProperty('data');
		expect(error.cause).toBeUndefined();
		expect(JSON.stringify(error)).not.toMatch(/axios|headers|Authorization|"config"|"request"/);
	});
});
