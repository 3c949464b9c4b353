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
