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

const heard: Occurrence[] = [];
const announce = (occurrence: Occurrence) => heard.push(occurrence);
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
	heard.length = 0;
});

const types = () => heard.map(({ type }) => type);

/** Calls a route as the API does; beside `body` and `mode` come the parameters of its path. */
async function call(
	routes: Route[],
	method: string,
	path: string,
	{ body, mode = 'test', ...params }: { body?: unknown; mode?: Mode; [param: string]: unknown },
): Promise<any> {
	const route = routes.find((one) => one.method === method && one.path === path)!;
	const request = { mode, params: params as Record<string, string>, query: {}, body };
	return ((await route.handle(request)) as ApiReply).body;
}

test('seeding is silent, a change by the admin side is an update', () => {
	for (const collection of collections) {
		const [{ id }] = collection.seed();
		expect(heard).toEqual([]);
		collection.change(id, { note: 1 });
		collection.clear();
		// Live photos and videos have no events.
		expect(types()).toEqual(
			collection === livePhotos || collection === liveVideos
				? []
				: [expect.stringMatching(/^(client|address|document|check)\.updated$/)],
		);
		heard.length = 0;
	}
});

test.each([
	[clients, 'client', { type: 'company', email: 'a@example.com', companyDetails: { name: 'A' } }],
	[addresses, 'address', { line: 'a', city: 'b', country: 'GB' }],
	[documents, 'document', { type: 'passport' }],
] as const)('%#: creation, update and deletion', async (collection, name, body) => {
	const [client] = clients.seed({ mode: 'live' });
	const path = `/${collection.name}`;
	const created = await call(collection.routes, 'POST', path, {
		mode: 'live',
		body: { clientId: client.id, ...body },
	});
	const id = created.id;
	await call(collection.routes, 'POST', `${path}/:id`, { id, mode: 'live', body: {} });
	await call(collection.routes, 'DELETE', `${path}/:id`, { id, mode: 'live' });
	expect(types()).toEqual([`${name}.created`, `${name}.updated`, `${name}.deleted`]);
	const { clientId, createdAt, updatedAt } = created;
	expect(heard[0]).toEqual({
		mode: 'live',
		type: `${name}.created`,
		resourceType: name,
		payload: { id, ...(clientId && { clientId }), createdAt, updatedAt },
	});
});

test('images of a document', async () => {
	const [{ id }] = documents.seed();
	const image = { fileName: 'a.jpg', data: sampleImage('jpg') };
	const side = { id, documentSide: 'front' };
	await call(documents.routes, 'POST', '/documents/:id/upload/:documentSide', {
		...side,
		body: image,
	});
	await call(documents.routes, 'DELETE', '/documents/:id/:documentSide', side);
	expect(types()).toEqual(['document.updated.image_uploaded', 'document.updated.image_deleted']);
});

test('a check is pending, then completed once, then updated', async () => {
	const [{ id: clientId }] = clients.seed();
	const body = { clientId, type: 'standard_screening_check' };
	const { id } = await call(checks.routes, 'POST', '/checks', { body });
	await pause(60);
	expect(types()).toEqual(['check.pending', 'check.completed']);
	await call(checks.routes, 'GET', '/checks/:id', { id });
	await call(checks.routes, 'POST', '/checks/:id', { id, body: { enableMonitoring: true } });
	expect(types()).toEqual(['check.pending', 'check.completed', 'check.updated']);
	expect(heard.map(({ payload }) => payload)).toMatchObject([
		{ id, clientId, status: 'pending' },
		{ id, clientId, status: 'complete', outcome: 'clear' },
		{ id, clientId, status: 'complete', outcome: 'clear' },
	]);
	expect(heard[0].payload).not.toHaveProperty('outcome');
});

test.each([true, false])('a validated outcome completes a check anew: %s', async (completes) => {
	settings.validationCompletes = completes;
	const [{ id }] = checks.seed({ type: 'identity_check' });
	for (const _time of [1, 2]) {
		await call(checks.routes, 'POST', '/checks/:id/validate', {
			id,
			body: { outcome: 'rejected' },
		});
	}
	expect(types()).toEqual([
		'check.updated',
		...(completes ? ['check.completed'] : []),
		'check.updated',
	]);
	expect(heard[1].payload).toMatchObject({ outcome: 'rejected' });
});

test('a check put into another status', async () => {
	const [{ id }] = checks.seed();
	for (const status of ['pending', 'failed', 'complete']) checks.change(id, { status });
	expect(types()).toEqual(['check.pending', 'check.failed', 'check.completed']);
	await pause(60);
	expect(heard).toHaveLength(3);
});

test('stopped or cleared, pending checks stay silent', async () => {
	checks.seed({ status: 'pending' });
	checks.stop();
	await pause(60);
	expect(heard).toEqual([]);
});
