import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INodePropertyOptions } from 'n8n-workflow';
import { EXAMPLES, readExample } from '../../sandbox/journey/examples.cts';
import { PACKAGE_ROOT } from '../built/packed.cts';
import { MODES } from '../faults/cell.cts';
import { FAULTS } from '../faults/faults.cts';
import { inputFaultsOf } from '../faults/inputFaults.cts';
import { description, offeredOperations, offeredOptions, rowOf } from '../operations/index.cts';
import { addressFaults, documentationFaults, type Repository } from './documentation.cts';
import { readMarkdown } from './markdown.cts';

const read = (file: string) => readFileSync(join(PACKAGE_ROOT, file), 'utf8');
const { scripts, repository: published } = JSON.parse(read('package.json'));

// Git otherwise refuses a folder that belongs to somebody else, such as a checkout mounted into a container
const files = execFileSync(
	'git',
	['-c', 'safe.directory=*', 'ls-files', '--cached', '--others', '--exclude-standard'],
	{
		cwd: PACKAGE_ROOT,
		encoding: 'utf8',
	},
)
	.trim()
	.split('\n');

const resources = description.properties.find(({ name }) => name === 'resource')!
	.options as INodePropertyOptions[];

const operationsOf = (resource: unknown): string[] =>
	offeredOptions.filter(([name]) => name.resource === resource).map(([, { name }]) => name);

const inputFaults = offeredOperations.flatMap((name) => inputFaultsOf({ ...name, ...rowOf(name) }));

const REPOSITORY: Repository = {
	files,
	read,
	ignored: read('.gitignore')
		.split('\n')
		.map((line) => line.replace(/\/$/, '')),
	scripts,
	url: published.url.replace(/\.git$/, ''),
	counts: {
		operations: offeredOperations.length,
		resources: resources.length,
		faults: FAULTS.length,
		'runs of three items':
			(offeredOperations.length * FAULTS.length + inputFaults.length) * MODES.length,
		'example workflows': EXAMPLES.length,
	},
	operations: Object.fromEntries(resources.map(({ name, value }) => [name, operationsOf(value)])),
};

/** What was so at a release, or when it was measured, need not be so now. */
const HISTORY = ['CHANGELOG.md', 'docs/benchmarks.md'];

const documents = files.filter((file) => file.endsWith('.md') && !HISTORY.includes(file));
const sources = files.filter((file) => /^(nodes|credentials)\/.*\.(ts|json)$/.test(file));

it.each(documents)('%s names nothing that is not there', (file) => {
	expect(documentationFaults(REPOSITORY, file)).toEqual([]);
});

it.each(['package.json', ...documents, ...sources])(
	'%s links into the repository as it is',
	(file) => {
		expect(addressFaults(REPOSITORY, file)).toEqual([]);
	},
);

describe.each(EXAMPLES)('the example %s', (name) => {
	it('is listed in README.md', () => {
		expect(readMarkdown(read('README.md')).links).toContain(`examples/${name}.json`);
	});

	it('has a paragraph and a picture below its title in examples/README.md', () => {
		const [, section] = read('examples/README.md').split(`\n### ${readExample(name).name}\n`);
		const { links } = readMarkdown(section?.split('\n#')[0] ?? '');
		expect(links).toEqual(expect.arrayContaining([`${name}.json`, `../docs/${name}.jpg`]));
	});
});

describe('the check itself', () => {
	const faultsIn = (text: string, more: Record<string, string> = {}, file = 'docs/made-up.md') => {
		const texts: Record<string, string> = { [file]: text, ...more };
		const repository = {
			...REPOSITORY,
			files: [...files, ...Object.keys(texts)],
			read: (name: string) => texts[name] ?? read(name),
		};
		return [...documentationFaults(repository, file), ...addressFaults(repository, file)].map(
			(fault) => fault.replace(`${file}: `, ''),
		);
	};

	it.each([
		['a link to no file', '[x](../gone.md)', '../gone.md leads to no file'],
		['a picture that is not there', '![x](gone.jpg)', 'gone.jpg leads to no file'],
		['a picture in HTML', '<img src="gone.jpg">', 'gone.jpg leads to no file'],
		['a link to no heading', '[x](#gone)', '#gone leads to no heading of docs/made-up.md'],
		[
			'a link to no heading elsewhere',
			'[x](other.md#gone)',
			'other.md#gone leads to no heading of docs/other.md',
		],
		['a link outside', '[x](../../gone)', '../../gone leads to no file'],
		['a path', '`sandbox/gone.cts`', 'sandbox/gone.cts is not there'],
		['a folder', '`gone/`', 'gone/ is not there'],
		['a file by its name', '`gone.cts`', 'gone.cts is not there'],
		['a pattern', '`nodes/<resource>/gone.ts`', 'nodes/<resource>/gone.ts is not there'],
		['a command', '`npm run gone`', 'npm run gone: no such script'],
		[
			'a command in a block',
			'```bash\nnpm ci && npm run gone # why\n```',
			'npm run gone: no such script',
		],
		['an option', '`npm start -- --gone`', 'npm start -- --gone: no such option'],
		[
			'a version',
			'`npm run test:compat -- 9.9.9`',
			'npm run test:compat -- 9.9.9: no such version',
		],
		['a count', 'All **1**\noperations', `"1 operations": there are ${offeredOperations.length}`],
		['a count', 'All 7 resources.', `"7 resources": there are ${resources.length}`],
		[
			'an address of the repository',
			`<${REPOSITORY.url}/blob/main/gone.md>`,
			`${REPOSITORY.url}/blob/main/gone.md leads to no file`,
		],
		[
			'an address with no such heading',
			`<${REPOSITORY.url}#gone>`,
			`${REPOSITORY.url}#gone leads to no heading of README.md`,
		],
	])('finds %s', (_kind, text, fault) => {
		expect(faultsIn(text, { 'docs/other.md': '# Here' })).toEqual([fault]);
	});

	it('finds an operation that a table leaves out or makes up', () => {
		const rows = Object.entries(REPOSITORY.operations).map(
			([name, list]) => `| ${name} | ${list.join(', ')} |`,
		);
		const table = ['| Resource | Operations |', '| --- | --- |', ...rows].join('\n');
		expect(faultsIn(table)).toEqual([]);
		const [first, ...others] = REPOSITORY.operations.Report;
		expect(faultsIn(table.replace(`${first}, `, ''))).toEqual([
			`operations of Report: there are ${[first, ...others].join(', ')}`,
		]);
		expect(faultsIn(`${table}\n| Gone | Get |`)).toEqual(['operations of Gone: there are none']);
	});

	it('accepts what is there, and what only looks like it', () => {
		const text = `
# Here & there
## Here
## Here

[x](#here--there) [x](#here-1) [x](other.md#elsewhere) [x](../README.md) [x](..) [x](https://example.com/gone.md)

\`sandbox/start.cts\` \`test/e2e\` \`kinds/\` \`pipeline.ts\` \`dist/nodes\` \`nodes/ComplyCube/resources/<resource>/<operation>.ts\`
\`~/.n8n/nodes/gone\` \`$json.id\` \`a?b\` \`../clients\` \`{{ $json.gone }}/x\` \`npm install gone\` \`.n8n/\`

\`npm start -- --once\` \`npm test\` \`npm run test:compat -- 1.123.81\`

${offeredOperations.length} operations, 39 more operations, two operations, ${resources.length} resources
`;
		expect(faultsIn(text, { 'docs/other.md': '<a id="elsewhere"></a>' })).toEqual([]);
	});
});
