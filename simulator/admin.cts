import type { FastifyInstance } from 'fastify';
import { emissionSchema, forgerySchema } from './deliveries.cts';
import type { Deliveries, Emission, ForgeryOrder } from './deliveries.cts';
import { faultSchema } from './faults.cts';
import type { Faults, FaultSpec } from './faults.cts';
import type { RequestLog } from './requestLog.cts';
import type { Collection } from './resource.cts';
import { settingsSchema } from './settings.cts';
import type { Settings } from './settings.cts';

/** What the admin endpoints read and change. */
export interface AdminState {
	settings: Settings;
	faults: Faults;
	log: RequestLog;
	collections: Array<Collection<object, object>>;
	deliveries: Deliveries;
	reset(): void;
}

const LOOPBACK = ['127.0.0.1', '::1', '::ffff:127.0.0.1'];

const oneOrMany = (schema: object) => ({ anyOf: [schema, { type: 'array', items: schema }] });

const seedSchema = {
	type: 'object',
	properties: {
		mode: { enum: ['test', 'live'] },
		count: { type: 'integer', minimum: 1, maximum: 100_000 },
	},
};

/** Registers the admin endpoints below the prefix of `app`. */
export function registerAdmin(app: FastifyInstance, state: AdminState): void {
	const { settings, faults, log, collections, deliveries } = state;

	// These endpoints ask for no key, so only this machine may reach them.
	app.addHook('onRequest', async (request, reply) => {
		if (!LOOPBACK.includes(request.ip)) {
			await reply.code(403).send({ message: 'Admin endpoints answer on loopback only' });
		}
	});

	// A body is optional here, even with a JSON content type.
	const parseJson = app.getDefaultJsonParser('error', 'ignore');
	app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) =>
		body === '' ? done(null, undefined) : parseJson(request, String(body), done),
	);
	app.addHook('preValidation', async (request) => {
		request.body ??= {};
	});
	app.setErrorHandler<Error>((error, _request, reply) =>
		reply.code(400).send({ message: error.message }),
	);
	app.setNotFoundHandler((request, reply) =>
		reply.code(404).send({ message: `Unknown route ${request.method} ${request.url}` }),
	);

	app.post('/reset', (_request, reply) => {
		state.reset();
		return reply.code(204).send();
	});

	app.get('/settings', () => settings);
	app.patch<{ Body: Partial<Settings> }>(
		'/settings',
		{ schema: { body: settingsSchema } },
		({ body }) => Object.assign(settings, body),
	);

	app.get('/requests', () => ({ items: log.requests }));
	app.delete('/requests', (_request, reply) => {
		log.clear();
		return reply.code(204).send();
	});

	app.get('/faults', () => ({ items: faults.list() }));
	app.post<{ Body: FaultSpec | FaultSpec[] }>(
		'/faults',
		{ schema: { body: oneOrMany(faultSchema) } },
		({ body }) => ({ items: [body].flat().map((spec) => faults.add(spec)) }),
	);
	app.delete('/faults', (_request, reply) => {
		faults.clear();
		return reply.code(204).send();
	});

	for (const collection of collections) {
		app.get(`/${collection.name}`, () => ({ items: collection.list() }));
		app.post<{ Body: object | object[] }>(
			`/${collection.name}`,
			{ schema: { body: oneOrMany(seedSchema) } },
			({ body }) => ({ items: collection.seed(body) }),
		);
		app.post<{ Params: { id: string }; Body: Record<string, unknown> }>(
			`/${collection.name}/:id`,
			{ schema: { body: { type: 'object' } } },
			({ params, body }, reply) =>
				collection.change(params.id, body) ??
				reply.code(404).send({ message: `No ${collection.name} with id ${params.id}` }),
		);
		if (!collection.isRemovable) continue;
		app.delete<{ Params: { id: string } }>(`/${collection.name}/:id`, ({ params }, reply) =>
			collection.remove(params.id)
				? reply.code(204).send()
				: reply.code(404).send({ message: `No ${collection.name} with id ${params.id}` }),
		);
	}

	app.post<{ Body: Emission | Emission[] }>(
		'/events',
		{ schema: { body: oneOrMany(emissionSchema) } },
		({ body }) => ({ items: [body].flat().flatMap((emission) => deliveries.emit(emission)) }),
	);
	app.post<{ Body: ForgeryOrder | ForgeryOrder[] }>(
		'/forgeries',
		{ schema: { body: oneOrMany(forgerySchema) } },
		({ body }) => ({ items: [body].flat().map((order) => deliveries.forge(order)) }),
	);
	app.get('/deliveries', () => ({ items: deliveries.list() }));
	app.delete('/deliveries', (_request, reply) => {
		deliveries.clear();
		return reply.code(204).send();
	});
	app.post<{ Params: { id: string } }>(
		'/deliveries/:id/redeliver',
		({ params }, reply) =>
			deliveries.redeliver(params.id) ??
			reply.code(404).send({ message: `No delivery with id ${params.id}` }),
	);
}
