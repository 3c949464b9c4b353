import { api, sendJson } from './client.cts';
import { startSimulator } from '../../simulator/server.cts';
import type { Simulator } from '../../simulator/server.cts';

let simulator: Simulator;
let id: string;

beforeAll(async () => {
	simulator = await startSimulator({ rateLimit: null });
});
beforeEach(() => {
	simulator.reset();
	[{ id }] = simulator.customLists.seed();
});
afterAll(() => simulator.close());

const get = (path = `/customLists/${id}`) => api(simulator, 'GET', path);
const add = (body: object, list = id) =>
	sendJson(simulator, 'POST', `/customLists/${list}/records`, body);

const PERSON = {
	entityType: 'person',
	names: [
		{ firstName: 'Ada', middleName: 'M', lastName: 'Example', type: 'primary' },
		{ firstName: 'A', lastName: 'E', type: 'alias' },
	],
	active: true,
	gender: 'female',
	countries: [{ country: 'GB', type: 'Citizenship' }],
	dates: [{ type: 'Date of Birth', date: { day: '01', month: '01', year: '1987' } }],
	images: ['https://www.example.com/photo.jpg'],
};
const COMPANY = { entityType: 'company', names: [{ companyName: 'Example Ltd' }] };

test('are read and listed with what is documented', async () => {
	const { body } = await get();
	expect(body).toEqual({
		id,
		name: 'Former suppliers',
		description: expect.any(String),
		stats: { personCount: 0, companyCount: 0 },
		createdAt: expect.any(String),
		updatedAt: expect.any(String),
	});
	await expect(get('/customLists')).resolves.toMatchObject({
		body: { totalItems: 1, items: [body] },
	});
});

test('count a person or company that is added at once, twice if it is added twice', async () => {
	for (const record of [PERSON, PERSON, COMPANY]) {
		await expect(add(record)).resolves.toMatchObject({ status: 200 });
	}
	await expect(get()).resolves.toMatchObject({
		body: { stats: { personCount: 2, companyCount: 1 } },
	});
	expect(simulator.customLists.list()[0].records[0]).toMatchObject(PERSON);
});

test.each([
	['empty', {}],
	['record', { id: expect.any(String), ...COMPANY }],
	['list', { stats: { companyCount: 1 } }],
] as const)('a setting decides the reply to an addition: %s', async (reply, body) => {
	simulator.settings.addRecordReply = reply;
	await expect(add(COMPANY)).resolves.toMatchObject({ status: 200, body });
});

test.each([
	['entityType', { ...PERSON, entityType: 'ship' }],
	['names', { ...PERSON, names: undefined }],
	['names', { ...PERSON, names: [] }],
	['names.lastName', { ...PERSON, names: [{ firstName: 'Ada' }] }],
	['names.companyName', { ...COMPANY, names: [{ firstName: 'Ada', lastName: 'Example' }] }],
	['names.type', { ...COMPANY, names: [{ companyName: 'Example Ltd', type: 'nickname' }] }],
	['countries.country', { ...PERSON, countries: [{ country: 'Atlantis', type: 'Citizenship' }] }],
	['countries.type', { ...PERSON, countries: [{ country: 'GB', type: 'citizenship' }] }],
	['dates.date', { ...PERSON, dates: [{ type: 'Date of Birth', date: '1987-01-01' }] }],
	[
		'dates.date.day',
		{ ...PERSON, dates: [{ type: 'Date of Birth', date: { day: 1, month: '01', year: '1987' } }] },
	],
	['images', { ...PERSON, images: ['photo'] }],
])('an addition is refused over %s', async (param, record) => {
	await expect(add(record)).resolves.toMatchObject({
		status: 400,
		body: { type: 'invalid_request', param },
	});
	await expect(get()).resolves.toMatchObject({
		body: { stats: { personCount: 0, companyCount: 0 } },
	});
});

test('an unknown list is a 404', async () => {
	const unknown = '5eb2b61e02df0a0008f1cf2b';
	for (const reply of [await get(`/customLists/${unknown}`), await add(COMPANY, unknown)]) {
		expect(reply).toMatchObject({
			status: 404,
			body: { message: `Invalid custom list id '${unknown}'` },
		});
	}
});

test('a plan without them answers with 403', async () => {
	simulator.settings.notInPlan = ['customLists'];
	for (const reply of [await get(), await get('/customLists'), await add(COMPANY)]) {
		expect(reply.status).toBe(403);
	}
	await expect(get('/clients')).resolves.toMatchObject({ status: 200 });
});
