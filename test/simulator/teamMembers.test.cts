import { api, officialClient } from './client.cts';
import { startSimulator } from '../../simulator/server.cts';
import type { Simulator } from '../../simulator/server.cts';

let simulator: Simulator;

beforeAll(async () => {
	simulator = await startSimulator({ rateLimit: null });
});
beforeEach(() => simulator.reset());
afterAll(() => simulator.close());

const get = (path: string) => api(simulator, 'GET', path);

test('are read and listed with what is documented', async () => {
	const [{ id }] = simulator.teamMembers.seed();
	const { body } = await get(`/teamMembers/${id}`);
	expect(body).toEqual({
		id: expect.stringMatching(/^[A-Za-z\d]{17}$/),
		firstName: 'Grace',
		lastName: 'Example',
		role: 'analyst',
		createdAt: expect.any(String),
	});
	await expect(get('/teamMembers')).resolves.toMatchObject({
		body: { totalItems: 1, items: [body] },
	});
});

test('are filtered by name and role', async () => {
	const [{ id }] = simulator.teamMembers.seed({ firstName: 'Ada', role: 'owner' });
	simulator.teamMembers.seed();
	for (const filter of ['firstName=Ada', 'role=owner', 'lastName=Example&role=owner']) {
		const { body } = await get(`/teamMembers?${filter}`);
		expect(body.items.map((member: { id: string }) => member.id)).toEqual([id]);
	}
});

test('an unknown one is a 404, also where IDs of another form are not', async () => {
	simulator.settings.malformedIdReply = 'invalidRequest';
	await expect(get('/teamMembers/VNARgK33nMASdJKdi')).resolves.toMatchObject({
		status: 404,
		body: { message: "Invalid team member id 'VNARgK33nMASdJKdi'" },
	});
	await expect(get('/teamMembers/a-b')).resolves.toMatchObject({ status: 400 });
});

test('the official client reads and lists them', async () => {
	const [{ id }] = simulator.teamMembers.seed();
	const { teamMember } = officialClient(simulator);
	await expect(teamMember.get(id)).resolves.toMatchObject({ id });
	await expect(teamMember.list()).resolves.toMatchObject([{ id }]);
});
