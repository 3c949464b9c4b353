import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { INodeType } from 'n8n-workflow';
import { loadPackage } from '../built/engine.cts';
import { PACKAGE_ROOT } from '../built/packed.cts';

type Loader = Awaited<ReturnType<typeof loadPackage>>;

let loader: Loader;
beforeAll(async () => {
	loader = await loadPackage();
});

describe("n8n's loader", () => {
	it('finds both nodes and the credential', () => {
		expect(Object.keys(loader.nodeTypes).sort()).toEqual(['complyCube', 'complyCubeTrigger']);
		expect(Object.keys(loader.credentialTypes)).toEqual(['complyCubeApi']);
		expect(Object.keys(loader.known.nodes).sort()).toEqual(['complyCube', 'complyCubeTrigger']);
		expect([...(loader.known.credentials.complyCubeApi.supportedNodes ?? [])].sort()).toEqual([
			'complyCube',
			'complyCubeTrigger',
		]);
	});

	describe.each(['complyCube', 'complyCubeTrigger'])('for %s', (name) => {
		const description = () => (loader.getNode(name).type as INodeType).description;

		it('finds its categories, aliases and links', () => {
			const { codex } = description();
			expect(codex?.categories).toEqual(
				expect.arrayContaining(['Finance & Accounting', 'Miscellaneous']),
			);
			expect(codex?.alias).toEqual(expect.arrayContaining(['KYC', 'AML']));
			const { primaryDocumentation, credentialDocumentation } = codex?.resources ?? {};
			for (const [link] of [primaryDocumentation ?? [], credentialDocumentation ?? []]) {
				expect(link.url).toMatch(/^https:\/\/github\.com\/.+#\w+/);
			}
		});

		it('finds icons that exist', () => {
			const { iconUrl } = description();
			const { light, dark } = iconUrl as { light: string; dark: string };
			expect(light).not.toBe(dark);
			for (const url of [light, dark]) {
				const path = url.replace('icons/n8n-nodes-complycube/', '');
				expect(existsSync(join(PACKAGE_ROOT, path))).toBe(true);
			}
		});
	});

	it('sees the trigger as a webhook trigger that n8n keeps in memory', () => {
		const { type } = loader.getNode('complyCubeTrigger');
		const { webhook, webhookMethods, trigger, execute, poll, description } = type as INodeType;
		expect(description.group).toEqual(['trigger']);
		expect(description.inputs).toEqual([]);
		expect(description.webhooks).toHaveLength(1);
		expect(Object.keys(webhookMethods?.default ?? {}).sort()).toEqual([
			'checkExists',
			'create',
			'delete',
		]);
		for (const method of [webhook, trigger, execute]) expect(method).toBeInstanceOf(Function);
		expect(poll).toBeUndefined();
		expect(description.webhooks?.[0]).toMatchObject({
			name: 'default',
			httpMethod: 'POST',
			responseMode: 'onReceived',
			responseData: 'noData',
		});
	});
});
