import { ExampleRig } from './exampleRig.cts';

const NAME = 'erase-a-client';
const SECRET = 'sample-secret';

let rig: ExampleRig;
let tableId: string;
beforeAll(async () => {
	rig = await ExampleRig.start(['httpHeaderAuth', { name: 'X-Erase-Secret', value: SECRET }]);
	const numbers = { deleted: 'number', redacted: 'number', missing: 'number', failed: 'number' };
	tableId = await rig.sandbox.n8n.client.createDataTable('Erased clients', {
		...(numbers as Record<string, 'number'>),
		...{ clientId: 'string', status: 'string', time: 'string', execution: 'string' },
	});
}, 900_000);
afterAll(async () => await rig?.stop());
afterEach(async () => await rig.reset());

/** Calls the published example. @returns Status and body of the answer */
async function erase(body: unknown, secret = SECRET): Promise<[number, Record<string, unknown>]> {
	const response = await fetch(`${rig.sandbox.n8n.url}/webhook/erase-client`, {
		method: 'POST',
		headers: { 'content-type': 'application/json', 'x-erase-secret': secret },
		body: JSON.stringify(body),
	});
	const text = await response.text();
	return [response.status, response.status === 403 ? {} : JSON.parse(text)];
}

const records = async () =>
	await rig.sandbox.n8n.query(`SELECT * FROM "data_table_user_${tableId}" ORDER BY id`);

/** Seeds a client with two of everything; one of the photos was used in a check. */
function seedClient() {
	const { clients, checks, documents, livePhotos, liveVideos, addresses } = rig.sandbox.simulator;
	const [client] = clients.seed({ personDetails: { firstName: 'Sam', lastName: 'Sample' } });
	const clientId = client.id;
	documents.seed({ clientId, count: 2 });
	const [usedPhoto] = livePhotos.seed({ clientId, count: 2 });
	liveVideos.seed({ clientId, count: 2 });
	addresses.seed({ clientId, line: '1 Sample Street', count: 2 });
	const [check] = checks.seed({ clientId, type: 'document_check' });
	checks.seed([
		{ clientId, type: 'extensive_screening_check' },
		{ clientId, type: 'identity_check', livePhotoId: usedPhoto.id },
	]);
	return { clientId, check, usedPhoto };
}

/** How much there is of each kind at ComplyCube. */
function counts() {
	const { clients, documents, livePhotos, liveVideos, addresses } = rig.sandbox.simulator;
	return [clients, documents, livePhotos, liveVideos, addresses].map((all) => all.list().length);
}

it('erases all of one client, in an order that leaves nothing behind, and nothing of another', async () => {
	await rig.publish(rig.example(NAME, { recordTable: tableId }));
	const { clientId, check, usedPhoto } = seedClient();
	const other = seedClient();
	expect(await erase({ clientId: ` ${clientId} ` })).toEqual([
		200,
		expect.objectContaining({
			...{ clientId, status: 'erased', recorded: true },
			...{ deleted: 7, redacted: 2, missing: 0, failed: 0 },
		}),
	]);
	expect(counts()).toEqual([1, 2, 3, 2, 2]);
	const { checks, livePhotos } = rig.sandbox.simulator;
	// It was used in a check, so ComplyCube keeps it, but nobody can see it any more
	const [kept] = livePhotos.list().filter((photo) => photo.clientId === clientId);
	expect([kept.id, kept.data]).toEqual([usedPhoto.id, undefined]);
	const extractedData = (id: string) =>
		checks.list().find((one) => one.id === id)?.result?.breakdown?.extractedData;
	expect(extractedData(check.id)).toEqual({});
	expect(extractedData(other.check.id)).toMatchObject({ documentNumber: expect.any(String) });
	expect(rig.requests().at(-1)).toBe(`DELETE /v1/clients/${clientId}`);
});

it('keeps a record, which like n8n itself has nothing about the person', async () => {
	await rig.publish(rig.example(NAME, { recordTable: tableId }));
	const { clientId } = seedClient();
	const before = (await records()).length;
	await erase({ clientId });
	const rows = await records();
	expect(rows.slice(before)).toEqual([
		expect.objectContaining({ clientId, status: 'erased', deleted: 7, redacted: 2, failed: 0 }),
	]);
	const written = rig.sandbox.readEverythingWritten();
	expect(written).toContain(clientId);
	expect(written).not.toMatch(/Sam Sample|1 Sample Street/);
});

it('may be run twice, also for a client that never was', async () => {
	await rig.publish(rig.example(NAME, { recordTable: tableId }));
	const { clientId } = seedClient();
	await erase({ clientId });
	expect(await erase({ clientId })).toEqual([
		200,
		expect.objectContaining({ clientId, status: 'not found', failed: 0 }),
	]);
	const [status, answer] = await erase({ clientId: '5eb04fd3a2a3b4000806c8f1' });
	expect([status, answer.status, answer.deleted]).toEqual([200, 'not found', 0]);
});

it('goes on if a part is missing by the time it gets there', async () => {
	await rig.publish(rig.example(NAME, { recordTable: tableId }));
	const { clientId } = seedClient();
	const { faults } = rig.sandbox.simulator;
	faults.add({ kind: 'reply', method: 'DELETE', path: '/addresses/*', status: 404, times: 1 });
	faults.add({ kind: 'reply', method: 'POST', path: '/checks/*/redact', status: 404 });
	expect(await erase({ clientId })).toEqual([
		200,
		expect.objectContaining({ status: 'erased', deleted: 6, redacted: 1, missing: 2, failed: 0 }),
	]);
});

it.each([
	[{}],
	[{ clientId: '' }],
	[{ clientId: ' ' }],
	[{ clientId: null }],
	[{ clientId: ['5eb04fd3a2a3b4000806c8f1'] }],
	[{ clientId: '5eb04fd3a2a3b4000806c8f1,5eb04fd3a2a3b4000806c8f2' }],
	[{ clientId: '../documents' }],
	[[]],
])('refuses %j before anything is read or deleted', async (body) => {
	await rig.publish(rig.example(NAME, { recordTable: tableId }));
	seedClient();
	expect(await erase(body)).toEqual([400, expect.objectContaining({ status: 'refused' })]);
	expect(rig.requests()).toEqual([]);
});

it('lets nobody in without the secret', async () => {
	await rig.publish(rig.example(NAME, { recordTable: tableId }));
	const { clientId } = seedClient();
	expect(await erase({ clientId }, 'a guess')).toEqual([403, {}]);
	expect(rig.requests()).toEqual([]);
});

it.each([
	['a list cannot be read', { method: 'GET', path: '/documents', status: 403 }],
	['a document cannot be deleted', { method: 'DELETE', path: '/documents/*', status: 403 }],
	['a check cannot be redacted', { method: 'POST', path: '/checks/*/redact', status: 422 }],
])('keeps the client if %s, and a second request does the rest', async (_what, fault) => {
	await rig.publish(rig.example(NAME, { recordTable: tableId }));
	const { clientId } = seedClient();
	const { faults, clients } = rig.sandbox.simulator;
	faults.add({ kind: 'reply', ...fault });
	const [status, answer] = await erase({ clientId });
	expect([status, answer.status]).toEqual([502, 'incomplete']);
	expect(answer.failed).toBeGreaterThan(0);
	expect(clients.list()).toHaveLength(1);
	expect((await records()).at(-1)).toMatchObject({ clientId, status: 'incomplete' });
	faults.clear();
	expect(await erase({ clientId })).toEqual([200, expect.objectContaining({ status: 'erased' })]);
	expect(counts()).toEqual([0, 0, 1, 0, 0]);
});

it('touches nothing of another client, even if ComplyCube lists it', async () => {
	await rig.publish(rig.example(NAME, { recordTable: tableId }));
	const { clientId } = seedClient();
	const other = seedClient();
	const { faults, documents, checks, addresses } = rig.sandbox.simulator;
	for (const collection of [documents, checks, addresses]) {
		const items = collection.list().filter((one) => one.clientId === other.clientId);
		const json = { page: 1, pageSize: 100, totalItems: items.length, pages: 1, items };
		const path = `/${collection.name}`;
		faults.add({ kind: 'reply', method: 'GET', path, status: 200, body: { json } });
	}
	const [status, answer] = await erase({ clientId });
	expect([status, answer.status]).toEqual([502, 'incomplete']);
	const changes = rig.requests().filter((request) => !request.startsWith('GET'));
	expect(changes.filter((request) => /documents|checks|addresses|clients/.test(request))).toEqual(
		[],
	);
});

it('says so if the client was erased, but not recorded', async () => {
	await rig.publish(rig.example(NAME, { recordTable: 'No such table' }));
	const { clientId } = seedClient();
	expect(await erase({ clientId })).toEqual([
		502,
		expect.objectContaining({ clientId, status: 'erased', recorded: false }),
	]);
});

it('can be clicked through on its pinned data without a credential', async () => {
	const { status, data } = await rig.clickThrough(NAME, 'When an erasure is asked for');
	expect([status, data['Sum up'][0][0].json.status]).toEqual(['success', 'erased']);
	expect(rig.requests()).toEqual([]);
});
