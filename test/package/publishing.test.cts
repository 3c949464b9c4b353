import { execFile } from 'node:child_process';
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import Fastify, { type FastifyInstance } from 'fastify';
import { makeTemporaryFolder, PACKAGE_ROOT } from '../built/packed.cts';

/** A registry that has nothing and takes everything. */
let registry: FastifyInstance;
let url: string;
let methods: string[];
let folder: string;

beforeAll(async () => {
	registry = Fastify();
	registry.addHook('onRequest', async ({ method }) => void methods.push(method));
	registry.get('*', async (_request, reply) => await reply.code(404).send({}));
	registry.put('*', async () => ({ ok: true }));
	url = await registry.listen({ host: '127.0.0.1', port: 0 });
	folder = makeTemporaryFolder();
	for (const file of ['package.json', '.npmrc']) {
		cpSync(join(PACKAGE_ROOT, file), join(folder, file));
	}
});
beforeEach(() => {
	methods = [];
});
afterAll(async () => {
	await registry.close();
	rmSync(folder, { recursive: true, force: true });
});

async function publish(...options: string[]): Promise<void> {
	await promisify(execFile)(
		'npm',
		['publish', `--registry=${url}`, `--${url.replace('http:', '')}/:_authToken=token`, ...options],
		// Without the variables by which npm knows GitHub's machines
		{ cwd: folder, env: { PATH: process.env.PATH, HOME: folder } },
	);
}

it('cannot be published from a computer, where nobody states its provenance', async () => {
	await expect(publish()).rejects.toThrow('provenance generation not supported');
	expect(methods).not.toContain('PUT');
});

it('can be where somebody does not want it stated, as on a registry for tests', async () => {
	await publish('--provenance=false');
	expect(methods).toContain('PUT');
});
