import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LOGIN } from '../../sandbox/n8n/login.cts';
import { startN8n, type N8nInstance } from '../../sandbox/n8n/n8nInstance.cts';
import { buildTarball } from '../../sandbox/n8n/tarball.cts';
import { N8N_VERSION } from '../../sandbox/n8n/versions.cts';
import { runNpm } from '../../sandbox/process/npm.cts';
import { startNpmStandIn, type NpmStandIn } from '../../sandbox/rig/npmStandIn.cts';
import { startRegistry, type Registry } from '../../sandbox/rig/registry.cts';
import { byId, complyCubeNode, manualWorkflow } from '../../sandbox/rig/workflows.cts';
import { startSimulator, type Simulator } from '../../simulator/server.cts';
import { printFigure } from '../printFigure.cts';

/**
 * A release, rehearsed: the packed package is published to a registry, and n8n installs, updates and removes it as it does
 * for its users, by the requests of its settings.
 */
const PACKAGE = 'n8n-nodes-complycube';

const scratch = mkdtempSync(join(tmpdir(), 'complycube-release-'));
let registry: Registry;
let standIn: NpmStandIn;
let simulator: Simulator;
let n8n: N8nInstance;

beforeAll(async () => {
	registry = await startRegistry();
	standIn = await startNpmStandIn(registry.port, scratch);
	simulator = await startSimulator({ processingMs: 0 });
	n8n = await startN8n({ version: N8N_VERSION, env: standIn.env });
	await n8n.client.setUpOwner(LOGIN);
}, 900_000);

afterAll(async () => {
	await n8n?.stop();
	await simulator?.close();
	await standIn?.stop();
	await registry?.stop();
	rmSync(scratch, { recursive: true, force: true });
});

const manifestIn = (folder: string) =>
	JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));

const unpack = (tarball: string) => {
	const folder = mkdtempSync(join(scratch, 'unpacked-'));
	execFileSync('tar', ['-xzf', tarball, '--strip-components=1', '-C', folder]);
	return folder;
};

/** Packs the same package with another version number. */
async function packAs(version: string, tarball: string): Promise<string> {
	const folder = unpack(tarball);
	writeFileSync(
		join(folder, 'package.json'),
		JSON.stringify({ ...manifestIn(folder), version }, null, '\t'),
	);
	const destination = mkdtempSync(join(scratch, 'packed-'));
	await runNpm(['pack', '--ignore-scripts', '--pack-destination', destination], folder);
	return join(destination, `${PACKAGE}-${version}.tgz`);
}

const listNodeTypes = async () =>
	(await n8n.client.listNodeTypes())
		.map(({ name }) => name)
		.filter((name) => name.startsWith(`${PACKAGE}.`))
		.sort();

/** Reads a session with the installed node. @returns the ID of what came out */
async function runGet() {
	const { status, data, error } = await n8n.client.runWorkflow(workflowId);
	return { status, error, ids: (data.ComplyCube?.[0] ?? []).map(({ json }) => json.id) };
}

let tarball: string;
let version: string;
let next: string;
let sessionId: string;
let workflowId: string;
beforeAll(async () => {
	tarball = await buildTarball();
	version = manifestIn(unpack(tarball)).version;
	const [major, minor, patch] = version.split('.').map(Number);
	next = `${major}.${minor}.${patch + 1}`;
}, 120_000);

it('cannot be installed before it is published', async () => {
	await expect(n8n.client.installPackage(PACKAGE)).rejects.toThrow(
		'Package version does not exist',
	);
	expect(await n8n.client.listPackages()).toEqual([]);
});

it('is installed as it was published, and works at once', async () => {
	await registry.publish(tarball);
	expect(await n8n.client.installPackage(PACKAGE)).toMatchObject({
		packageName: PACKAGE,
		installedVersion: version,
	});
	expect(await listNodeTypes()).toEqual(
		['complyCube', 'complyCubeTool', 'complyCubeTrigger'].map((name) => `${PACKAGE}.${name}`),
	);

	const credential = await n8n.client.createCredential('ComplyCube', 'complyCubeApi', {
		apiKey: simulator.settings.keys[0],
		baseUrl: simulator.url,
	});
	[{ id: sessionId }] = simulator.workflowSessions.seed();
	const get = { operation: 'get', workflowSessionId: byId(sessionId) };
	const workflow = manualWorkflow([{}], [complyCubeNode(credential, get)]);
	({ id: workflowId } = await n8n.client.createWorkflow(workflow));
	expect(await runGet()).toEqual({ status: 'success', error: undefined, ids: [sessionId] });
	printFigure(`release: ${version} published and installed, Get ran`);
});

it('is offered in its next version, updated, and works at once', async () => {
	await registry.publish(await packAs(next, tarball));
	expect(await n8n.client.listPackages()).toMatchObject([
		{ installedVersion: version, updateAvailable: next },
	]);
	await n8n.client.updatePackage(PACKAGE, next);
	const [installed] = await n8n.client.listPackages();
	expect(installed).toMatchObject({ installedVersion: next, failedLoading: false });
	expect(installed.updateAvailable).toBeUndefined();
	expect(await runGet()).toEqual({ status: 'success', error: undefined, ids: [sessionId] });
	printFigure(`release: ${next} published, offered and installed, Get ran`);
});

it('is still there after a restart', async () => {
	await n8n.restart();
	expect(await runGet()).toEqual({ status: 'success', error: undefined, ids: [sessionId] });
	printFigure('release: n8n restarted, Get ran');
});

it('is removed', async () => {
	await n8n.client.removePackage(PACKAGE);
	expect(await n8n.client.listPackages()).toEqual([]);
	expect(await listNodeTypes()).toEqual([]);
	await expect(runGet()).rejects.toThrow(`Unrecognized node type: ${PACKAGE}.complyCube`);
	printFigure('release: removed');
});

it('asks npm for nothing but itself', () => {
	// n8n asks its makers whether a package is banned, and takes no answer for a no
	const asked = standIn.requests.filter(({ path }) => path !== '/api/package');
	const file = (name: string) => `/${PACKAGE}/-/${PACKAGE}-${name}.tgz`;
	expect(new Set(asked.map(({ path }) => path))).toEqual(
		new Set([
			`/${PACKAGE}`,
			`/${PACKAGE}/latest`,
			`/${PACKAGE}/${next}`,
			file(version),
			file(next),
		]),
	);
	expect(new Set(asked.map(({ host }) => host)).size).toBe(1);
	printFigure(`release: ${asked.length} requests to npm, all for ${PACKAGE}`);
});
