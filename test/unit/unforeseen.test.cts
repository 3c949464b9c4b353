import type { IDataObject, IExecutePaginationFunctions } from 'n8n-workflow';
import { pipeline } from '../../nodes/ComplyCube/pipeline/pipeline';
import type { Plan } from '../../nodes/ComplyCube/pipeline/plan';

const CLIENT_ID = '5eb2b61e02df0a0008f1cf2a';

/** A reply of which a field throws when it is read. */
const replyWithout = (field: string): IDataObject =>
	Object.defineProperty({}, field, {
		enumerable: true,
		get: () => {
			throw new Error('Something unforeseen');
		},
	});

/** Runs one item through the pipeline, against a ComplyCube that answers so. */
async function failure(plan: Plan, method: 'GET' | 'POST', body: IDataObject) {
	const node = {
		getItemIndex: () => 0,
		getNode: () => ({ name: 'ComplyCube', parameters: {} }),
		getExecuteData: () => data,
		getTimezone: () => 'UTC',
		continueOnFail: () => true,
		getNodeParameter: (name: string, fallback: unknown) =>
			name === 'clientId' ? CLIENT_ID : fallback,
		getCredentials: async () => ({ apiKey: 'test_key', baseUrl: 'https://api.example.com' }),
		helpers: {
			httpRequestWithAuthentication: async () => ({ statusCode: 200, headers: {}, body }),
		},
	} as unknown as IExecutePaginationFunctions;
	const data = { node: { name: 'ComplyCube' }, data: { main: [[{ json: {} }]] } };
	const options = { method, url: '/clients/:clientId', body: {}, qs: {} };
	const [{ json, pairedItem }] = await pipeline(plan).call(node, { options } as never);
	expect([json.error, pairedItem]).toEqual(['Something unforeseen', { item: 0 }]);
	return (json.details as IDataObject).description;
}

const CHANGE: Plan = { kind: 'change', inDoubt: 'Look first.', idFrom: 'clientId' };

it('says that the request was carried out, if it was, when something unforeseen follows', async () => {
	expect(await failure(CHANGE, 'POST', replyWithout('id'))).toBe(
		'ComplyCube had carried out the request before: do not run this item again.',
	);
});

it('says that the request may have been carried out when its reply could not be dealt with', async () => {
	const inDoubt = {
		object: 'client',
		pastParticiple: 'changed',
		getPath: '',
		notYet: [],
		tooLate: [],
	};
	expect(await failure({ ...CHANGE, inDoubt }, 'POST', replyWithout('status'))).toBe(
		'The request may have been carried out at ComplyCube: look there before you run this item again.',
	);
});

it('says nothing of the kind when it only read', async () => {
	expect(await failure({ kind: 'read', idFrom: 'clientId' }, 'GET', replyWithout('id'))).toBe(
		undefined,
	);
});
