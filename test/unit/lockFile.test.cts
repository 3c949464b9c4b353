import { addAddresses } from '../../sandbox/n8n/lockFile.cts';

const addressesOf = (packages: object) =>
	Object.values(
		(
			JSON.parse(addAddresses(JSON.stringify({ packages }), 'https://registry.example/')) as {
				packages: Record<string, { resolved?: string }>;
			}
		).packages,
	).map(({ resolved }) => resolved);

it('says where each package is downloaded', () => {
	expect(
		addressesOf({
			'': { version: '1.0.0' },
			'node_modules/a': { version: '1.2.3' },
			'node_modules/a/node_modules/@scope/b': { version: '2.0.0-rc.1' },
		}),
	).toEqual([
		undefined,
		'https://registry.example/a/-/a-1.2.3.tgz',
		'https://registry.example/@scope/b/-/b-2.0.0-rc.1.tgz',
	]);
});

it('knows a package that is installed under another name', () => {
	expect(addressesOf({ 'node_modules/alias': { name: '@scope/real', version: '1.0.0' } })).toEqual([
		'https://registry.example/@scope/real/-/real-1.0.0.tgz',
	]);
});

it('leaves what the lock file says itself', () => {
	expect(addressesOf({ 'node_modules/a': { version: '1.0.0', resolved: 'x' } })).toEqual(['x']);
});
