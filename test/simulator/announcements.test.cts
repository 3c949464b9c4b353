import { Addresses } from '../../simulator/addresses.cts';
import { Checks } from '../../simulator/checks.cts';
import { Clients } from '../../simulator/clients.cts';
import { pause } from './client.cts';
import { Documents } from '../../simulator/documents.cts';
import { LivePhotos } from '../../simulator/livePhotos.cts';
import { LiveVideos } from '../../simulator/liveVideos.cts';
import type { ApiReply, Mode, Occurrence, Route } from '../../simulator/resource.cts';
import { sampleImage } from '../../simulator/sampleImages.cts';
import { defaultSettings } from '../../simulator/settings.cts';

const occurrences: Occurrence[] = [];
const announce = (occurrence: Occurrence) => occurrences.push(occurrence);
const settings = { ...defaultSettings(), processingMs: 20 };

const clients = new Clients(settings, announce);
const addresses = new Addresses(settings, announce, clients);
const documents = new Documents(settings, announce, clients);
const livePhotos = new LivePhotos(settings, announce, clients, () => false);
const liveVideos = new LiveVideos(settings, announce, clients);
const checks = new Checks(settings, announce, clients, {
	documentId: documents,
	addressId: addresses,
	livePhotoId: livePhotos,
	liveVideoId: liveVideos,
});
const collections = [clients, addresses, documents, livePhotos, liveVideos, checks];

beforeEach(() => {
	for (const collection of collections) collection.clear();
	occurrences.length = 0;
});

const types = () => occurrences.map(({ type }) => type);

/** Calls a route like the API; besides `body` and `mode` it takes the parameters of the path. */
async function callRoute(
	routes: Route[],
	method: string,
	path: string,
	{ body, mode = 'test', ...params }: { body?: unknown; mode?: Mode; [param: string]: unknown },
): Promise<any> {
	const route = routes.find((one) => one.method === method && one.path === path)!;
	const request = { mode, params: params as Record<string, string>, query: {}, body };
	return ((await route.handle(request)) as ApiReply).body;
}

test('seeding announces nothing, a change by the admin side announces an update', () => {
	for (const collection of collections) {
		const [{ id }] = collection.seed();
		expect(occurrences).toEqual([]);
		collection.change(id, { note: 1 });
		collection.clear();
		// Live photos and videos have no events.
		expect(types()).toEqual(
			collection === livePhotos || collection === liveVideos
				? []
				: [expect.stringMatching(/^(client|address|document|check)\.updated$/)],
		);
		occurrences.length = 0;
	}
});

test.each([
	['client', clients, { type: 'company', email: 'a@example.com', companyDetails: { name: 'A' } }],
	['address', addresses, { line: 'a', city: 'b', country: 'GB' }],
	['document', documents, { type: 'passport' }],
] as const)('%p: creation, update and deletion', async (name, collection, body) => {
	const [client] = clients.seed({ mode: 'live' });
	const path = `/${collection.name}`;
	const created = await callRoute(collection.routes, 'POST', path, {
		mode: 'live',
		body: { clientId: client.id, ...body },
	});
	const id = created.id;
	await callRoute(collection.routes, 'POST', `${path}/:id`, { id, mode: 'live', body: {} });
	await callRoute(collection.routes, 'DELETE', `${path}/:id`, { id, mode: 'live' });
	expect(types()).toEqual([`${name}.created`, `${name}.updated`, `${name}.deleted`]);
	const { clientId, createdAt, updatedAt } = created;
	expect(occurrences[0]).toEqual({
		mode: 'live',
		type: `${name}.created`,
		resourceType: name,
		payload: { id, ...(clientId && { clientId }), createdAt, updatedAt },
	});
});

test('uploading and deleting an image of a document updates the document', async () => {
	const [{ id }] = documents.seed();
	const image = { fileName: 'a.jpg', data: sampleImage('jpg') };
	const side = { id, documentSide: 'front' };
	await callRoute(documents.routes, 'POST', '/documents/:id/upload/:documentSide', {
		...side,
		body: image,
	});
	await callRoute(documents.routes, 'DELETE', '/documents/:id/:documentSide', side);
	expect(types()).toEqual(['document.updated.image_uploaded', 'document.updated.image_deleted']);
});

test('a check is pending, then completed once, then updated', async () => {
	const [{ id: clientId }] = clients.seed();
	const body = { clientId, type: 'standard_screening_check' };
	const { id } = await callRoute(checks.routes, 'POST', '/checks', { body });
	await pause(60);
	expect(types()).toEqual(['check.pending', 'check.completed']);
	await callRoute(checks.routes, 'GET', '/checks/:id', { id });
	await callRoute(checks.routes, 'POST', '/checks/:id', { id, body: { enableMonitoring: true } });
	expect(types()).toEqual(['check.pending', 'check.completed', 'check.updated']);
	expect(occurrences.map(({ payload }) => payload)).toMatchObject([
		{ id, clientId, status: 'pending' },
		{ id, clientId, status: 'complete', outcome: 'clear' },
		{ id, clientId, status: 'complete', outcome: 'clear' },
	]);
	expect(occurrences[0].payload).not.toHaveProperty('outcome');
});

test.each([true, false])(
	'validationCompletes %s: whether an outcome changed by validation completes the check again',
	async (completes) => {
		settings.validationCompletes = completes;
		const [{ id }] = checks.seed({ type: 'identity_check' });
		for (const _time of [1, 2]) {
			await callRoute(checks.routes, 'POST', '/checks/:id/validate', {
				id,
				body: { outcome: 'rejected' },
			});
		}
		expect(types()).toEqual([
			'check.updated',
			...(completes ? ['check.completed'] : []),
			'check.updated',
		]);
		expect(occurrences[1].payload).toMatchObject({ outcome: 'rejected' });
	},
);

test('a check announces each status that the admin side gives it', async () => {
	const [{ id }] = checks.seed();
	for (const status of ['pending', 'failed', 'complete']) checks.change(id, { status });
	expect(types()).toEqual(['check.pending', 'check.failed', 'check.completed']);
	await pause(60);
	expect(occurrences).toHaveLength(3);
});

test('a pending check announces nothing once its timers are stopped', async () => {
	checks.seed({ status: 'pending' });
	checks.stop();
	await pause(60);
	expect(occurrences).toEqual([]);
});
