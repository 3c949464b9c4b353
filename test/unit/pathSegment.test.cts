import fc from 'fast-check';
import { Failure } from '../../nodes/ComplyCube/transport/failure';
import { filledPath, pathSegment } from '../../nodes/ComplyCube/transport/pathSegment';

const TEMPLATE = '/workflowSessions/:workflowSessionId/complete';
const BASE = 'https://api.example.com/v1';

describe('pathSegment', () => {
	it.each([
		['5eb2b61e02df0a0008f1cf2a', '5eb2b61e02df0a0008f1cf2a'],
		['  VNARgK33nMASdJKdi\n', 'VNARgK33nMASdJKdi'],
		[42, '42'],
		['a+b&c=d', 'a%2Bb%26c%3Dd'],
		['…', '%E2%80%A6'],
		['...', '...'],
	])('takes %p as %p', (id, segment) => {
		expect(pathSegment(id, 'workflowSessionId')).toBe(segment);
	});

	it.each([
		'',
		'   ',
		undefined,
		null,
		{},
		['a'],
		true,
		'.',
		'..',
		' .. ',
		'../clients/x',
		'a/b',
		'a\\b',
		'a?b',
		'a#b',
		'a%2Fb',
		'a b',
		'a\tb',
		'a\u0000b',
		'a\u0085b',
		'a\u2028b',
		'a\u00a0b',
		'\ud800',
	])('refuses %p and names the parameter', (id) => {
		const refusal = pathSegment(id, 'workflowSessionId');
		expect(refusal).toBeInstanceOf(Failure);
		expect((refusal as Failure).message).toContain("'Workflow Session'");
		expect((refusal as Failure).details.param).toBe('workflowSessionId');
		expect((refusal as Failure).details.description).toBeTruthy();
	});

	it('never lets any ID leave its segment', () => {
		const hostile = fc.oneof(
			fc.string({ unit: 'binary' }),
			fc.string({ unit: fc.constantFrom('.', '/', '\\', '%', '2', 'e', 'F', '?', '#', ' ', 'a') }),
			fc.constantFrom('..', '%2e%2e', '..%2f', '.%2e', '//evil.example', '?x', '\u202e', '\uff0e'),
		);
		fc.assert(
			fc.property(hostile, (id) => {
				const path = filledPath(TEMPLATE, () => id);
				if (path instanceof Failure) return;
				const url = new URL(BASE + path);
				const segments = url.pathname.split('/');
				expect(url.origin).toBe('https://api.example.com');
				expect(url.search + url.hash).toBe('');
				expect(segments).toHaveLength(5);
				expect(segments[1]).toBe('v1');
				expect(segments[2]).toBe('workflowSessions');
				expect(decodeURIComponent(segments[3])).toBe(id.trim());
				expect(segments[4]).toBe('complete');
			}),
			{ numRuns: 2000 },
		);
	});

	it('lets every ID of letters, digits, - and _ through unchanged', () => {
		fc.assert(
			fc.property(fc.stringMatching(/^[A-Za-z0-9_-]+$/), (id) => {
				expect(pathSegment(id, 'clientId')).toBe(id);
			}),
		);
	});
});

describe('an ID that is not there', () => {
	it.each([undefined, null, '', ' '])('is called empty: %p', (id) => {
		expect(pathSegment(id, 'clientId')).toMatchObject({
			message: "The 'Client' parameter is empty",
			details: { param: 'clientId', description: expect.stringContaining('Choose one') },
		});
	});

	it.each([
		[{}, 'an object'],
		[['a'], 'a list'],
		[true, 'a boolean'],
	])('is not called empty if it is of the wrong kind: %j', (id, kind) => {
		expect(pathSegment(id, 'clientId')).toMatchObject({
			message: `The 'Client' parameter is ${kind}, not an ID`,
			details: { param: 'clientId', description: expect.stringContaining('$json.id') },
		});
	});

	it('is named after its place in the path, and read by that name', () => {
		const read: string[] = [];
		const failure = filledPath('/clients/:clientId/checks/:checkId', (name) => {
			read.push(name);
			return name === 'clientId' ? 'c' : undefined;
		});
		expect(read).toEqual(['clientId', 'checkId']);
		expect(failure).toMatchObject({ details: { param: 'checkId' } });
	});
});
