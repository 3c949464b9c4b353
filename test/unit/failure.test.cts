import { Failure, isMissing } from '../../nodes/ComplyCube/transport/failure';

describe('isMissing', () => {
	it('is what ComplyCube says of an object that it does not know', () => {
		const details = { httpCode: '404', type: 'resource_not_found' };
		expect(isMissing(new Failure('Invalid client id', details))).toBe(true);
	});

	// Whoever takes these for missing calls an object deleted that is still there
	it.each([
		['a proxy that says 404', new Failure('No', { httpCode: '404' })],
		['a refusal', new Failure('No', { httpCode: '401', type: 'unauthorized' })],
		['a breakdown', new Failure('No', { httpCode: '500', type: 'internal_server_error' })],
		['a broken connection', new Failure('No', { httpCode: 'ECONNRESET' }, true)],
		[
			'the object',
			{ id: '1', httpCode: '404', type: 'x', details: { httpCode: '404', type: 'x' } },
		],
		['an empty reply', {}],
		['nothing', undefined],
	])('is not %s', (_, result) => {
		expect(isMissing(result)).toBe(false);
	});
});

describe('other advice', () => {
	it('changes nothing but the advice', () => {
		const cause = { cause: 'temporarily-unavailable' } as const;
		const failure = new Failure('No', { httpCode: '500', description: 'Wait.' }, true, cause);
		const advised = failure.advising('Look first.');
		expect(advised).toEqual(
			new Failure('No', { httpCode: '500', description: 'Look first.' }, true, cause),
		);
		expect(failure.details.description).toBe('Wait.');
	});
});
