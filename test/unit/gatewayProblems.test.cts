import { isMissing } from '../../nodes/ComplyCube/transport/failure';
import { resultOf } from '../../nodes/ComplyCube/transport/failureTable';
import { Failure } from '../../nodes/ComplyCube/transport/failure';
import { unknownChoice } from '../../nodes/ComplyCube/pipeline/unknownChoice';
import type { INode } from 'n8n-workflow';

const GET = { method: 'GET' as const, path: '/checks/1' };

const answered = (status: number, body: object) =>
	resultOf({ status, headers: {}, body }, GET, 'test_key') as Failure;

describe("A gateway's problem details (RFC 9457) are not ComplyCube's word", () => {
	it.each([400, 401, 402, 403, 404, 405, 407, 413, 422, 429, 500, 503])('with %i', (status) => {
		for (const type of ['about:blank', 'https://httpstatuses.io/404', '/problems/blocked']) {
			const failure = answered(status, { type, title: 'No', status, detail: 'No' });
			expect(failure.message.toLowerCase()).toContain(
				`something between n8n and complycube answered with status ${status}`,
			);
			expect(isMissing(failure)).toBe(false);
		}
	});
});

describe('An operation that is no text', () => {
	it('is named, even if it has no text', () => {
		const node = { parameters: { resource: 'a', operation: { toString: 1 } } } as unknown as INode;
		const resources = [{ name: 'A', value: 'a', operations: [{ name: 'Get', value: 'get' }] }];
		expect(unknownChoice(node, resources).message).toBe(
			"There is no operation '[object Object]' of A",
		);
	});
});
