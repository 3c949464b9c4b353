import { settleDeletion } from '../../nodes/ComplyCube/pipeline/deletion';
import { Failure } from '../../nodes/ComplyCube/transport/failure';
import { fakeConnection } from './fakeConnection.cts';

const DOUBT = new Failure(
	'The connection was closed before ComplyCube answered',
	{ httpCode: 'ECONNRESET', description: 'Look first.' },
	true,
	{ cause: 'temporarily-unavailable' },
);
const MISSING = new Failure('Invalid client id', { httpCode: '404', type: 'resource_not_found' });

const settled = async (reply: object) => {
	const connection = fakeConnection([reply as never, reply as never, reply as never]);
	const result = await settleDeletion(connection, { object: 'client' }, '/clients/1', DOUBT);
	return { result, requests: connection.requests };
};

it('looks once, at the object', async () => {
	const { requests } = await settled(MISSING);
	expect(requests).toEqual([{ method: 'GET', path: '/clients/1' }]);
});

it('is deleted if ComplyCube does not know it any more', async () => {
	expect((await settled(MISSING)).result).toEqual({});
});

it('is not deleted if it is still there', async () => {
	const { result } = await settled({ id: '1' });
	expect(result).toEqual(
		new Failure(
			'The client was not deleted. The connection was closed before ComplyCube answered',
			{
				httpCode: 'ECONNRESET',
				description: 'It was still there a few seconds later. It is safe to run this item again.',
			},
			false,
			DOUBT.cause,
		),
	);
});

it.each([
	['the look fails', new Failure('No', { httpCode: '500' }, false)],
	['something else than ComplyCube says 404', new Failure('No', { httpCode: '404' })],
])('stays unknown if %s', async (_, reply) => {
	const { result } = await settled(reply);
	expect((result as Failure).message).toBe(
		'It is not known whether the client was deleted. The connection was closed before ComplyCube answered',
	);
	expect((result as Failure).details).toEqual({
		httpCode: 'ECONNRESET',
		description: expect.stringContaining('safe to run this item again'),
	});
});

it('does not look for what cannot be looked at', async () => {
	const connection = fakeConnection([]);
	const result = await settleDeletion(connection, { object: 'webhook' }, '', DOUBT);
	expect((result as Failure).message).toMatch(/^It is not known whether the webhook was deleted/);
	expect(connection.requests).toEqual([]);
});

describe('an object that is still there at first', () => {
	const LOOK = { method: 'GET', path: '/clients/1' };
	const after = async (...looks: object[]) => {
		const connection = fakeConnection(looks as never);
		const result = await settleDeletion(connection, { object: 'client' }, '/clients/1', DOUBT);
		return { result, ...connection };
	};

	it('is looked for until it is gone, because a request may still be under way', async () => {
		const { result, requests, pauses } = await after({ id: '1' }, { id: '1' }, MISSING);
		expect(result).toEqual({});
		expect(requests).toEqual([LOOK, LOOK, LOOK]);
		expect(pauses).toEqual([500, 1_500, 3_000]);
	});

	it('was not deleted only after three looks', async () => {
		const { result, requests } = await after({ id: '1' });
		expect((result as Failure).message).toMatch(/^The client was not deleted\. /);
		expect(requests).toHaveLength(3);
	});

	it('is not looked for any more after a look that fails', async () => {
		const { result, requests } = await after({ id: '1' }, new Failure('No'), MISSING);
		expect((result as Failure).message).toMatch(/^It is not known whether the client was deleted/);
		expect(requests).toHaveLength(2);
	});
});

it('is not looked for after the execution was cancelled', async () => {
	const connection = fakeConnection([MISSING], { onPause: () => false });
	const result = await settleDeletion(connection, { object: 'client' }, '/clients/1', DOUBT);
	expect((result as Failure).message).toMatch(/^It is not known whether the client was deleted/);
	expect(connection.requests).toEqual([]);
});
