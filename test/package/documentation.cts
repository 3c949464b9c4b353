import { posix } from 'node:path';
import { readMarkdown, type Markdown } from './markdown.cts';

/** What documentation may name. */
export interface Repository {
	/** Its files, as paths from the root with slashes. */
	files: string[];
	/** Text of one of them. */
	read: (file: string) => string;
	/** Files and folders that Git ignores, at the root. */
	ignored: string[];
	/** Commands of npm scripts, by name. */
	scripts: Record<string, string>;
	/** Address of the repository on the web. */
	url: string;
	/** How many there are of what documentation counts, by the noun. */
	counts: Record<string, number>;
	/** The node's operations as the editor calls them, by resource. */
	operations: Record<string, string[]>;
}

/** A name alone is taken for a file or a folder of the repository if it ends like this. */
const OWN_NAME = /^[\w-][\w.-]*(\.(ts|cts|mts|cjs|mjs|md)|\/)$/;

const PATH = /^[\w.@<>*-]+(\/[\w.@<>*-]+)*\/?$/;

/** `npm test`, `npm start -- --once`, `npm run test:compat -- 1.123.81`. */
const NPM_COMMAND = /\bnpm (?:run ([\w:-]+)|(start|test)\b)(?: -- ([^\n#;&|]*))?/g;

const NUMBERS = [
	'zero',
	'one',
	'two',
	'three',
	'four',
	'five',
	'six',
	'seven',
	'eight',
	'nine',
	'ten',
];

const isFolder = ({ files }: Repository, path: string) =>
	files.some((file) => file.startsWith(`${path}/`));

const isThere = (repository: Repository, path: string) =>
	path === '.' || repository.files.includes(path) || isFolder(repository, path);

const isIgnored = ({ ignored }: Repository, path: string) => ignored.includes(path.split('/')[0]);

/** Says what is wrong with a link, as seen from a file at the root or in a folder. */
function linkFault(repository: Repository, from: string, link: string): string | undefined {
	const [target, anchor] = link.split('#');
	const path = target ? posix.join(posix.dirname(from), decodeURI(target)) : from;
	if (!isThere(repository, posix.normalize(path).replace(/\/$/, ''))) return 'leads to no file';
	if (anchor === undefined || !path.endsWith('.md')) return undefined;
	const { anchors } = readMarkdown(repository.read(path));
	return anchors.includes(anchor) ? undefined : `leads to no heading of ${path}`;
}

/** The part of an address within the repository as a link from the root; undefined if it leads elsewhere. */
function ownLink({ url }: Repository, address: string): string | undefined {
	const rest = address.startsWith(url) ? address.slice(url.length) : undefined;
	if (rest?.startsWith('#') && rest !== '#readme') return `README.md${rest}`;
	return /^\/(?:blob|tree|raw)\/[^/]+\/(.+)$/.exec(rest ?? '')?.[1];
}

/** Says what is wrong with the addresses in a file that lead into the repository. */
export const addressFaults = (repository: Repository, file: string): string[] =>
	(repository.read(file).match(/https:\/\/[^\s'"`)>]+/g) ?? []).flatMap((address) => {
		const link = ownLink(repository, address);
		const fault = link && linkFault(repository, 'README.md', link);
		return fault ? [`${file}: ${address} ${fault}`] : [];
	});

/** Says what is wrong with a piece of code if it names a file or folder of the repository. */
function pathFault(repository: Repository, code: string): string | undefined {
	if (!PATH.test(code)) return undefined;
	const path = code.replace(/\/$/, '');
	if (isIgnored(repository, path)) return undefined;
	const [first, ...rest] = path.split('/');
	const isFromRoot = rest.length > 0 && isThere(repository, first);
	const isName = rest.length === 0 && OWN_NAME.test(code);
	if (!isFromRoot && !isName) return undefined;
	const pattern = path
		.split(/<[^>]*>|\*+/)
		.map((part) => part.replace(/[.@-]/g, '\\$&'))
		.join('[^/]+');
	const place = new RegExp(
		`${isName ? '(^|/)' : '^'}${pattern}${code.endsWith('/') ? '/' : '($|/)'}`,
	);
	return repository.files.some((file) => place.test(file)) ? undefined : 'is not there';
}

/** Says what is wrong with the npm commands in a piece of code. */
const commandFaults = (repository: Repository, code: string): string[] =>
	[...code.matchAll(NPM_COMMAND)].flatMap(([command, run, other, options = '']) => {
		const name = run ?? other;
		const script = repository.scripts[name];
		if (script === undefined) return [`${command}: no such script`];
		const program = script.split(' ').find((word) => repository.files.includes(word));
		const source = program ? repository.read(program) : '';
		return options.split(/\s+/).flatMap((option) => {
			const flag = /^--([\w-]+)/.exec(option)?.[1];
			if (flag && !new RegExp(`\\b${flag}: \\{ type:`).test(source)) {
				return [`${command}: no such option`];
			}
			const isVersion = /^\d+\.\d+\.\d+$/.test(option);
			return isVersion && !isFolder(repository, `sandbox/n8n/${option}`)
				? [`${command}: no such version`]
				: [];
		});
	});

/** Says which counts of a text are wrong. Only small ones are written in words: "two operations" counts others. */
const countFaults = ({ counts }: Repository, text: string): string[] =>
	Object.entries(counts).flatMap(([noun, count]) => {
		const words = count < NUMBERS.length ? NUMBERS : [];
		const phrases = new RegExp(`\\b(${['\\d[\\d,]*', ...words].join('|')}) ${noun}\\b`, 'gi');
		return [...text.matchAll(phrases)].flatMap(([phrase, number]) => {
			const word = words.indexOf(number.toLowerCase());
			const said = word < 0 ? Number(number.replaceAll(',', '')) : word;
			return said === count ? [] : [`"${phrase}": there are ${count}`];
		});
	});

/** Says how a table of operations differs from the node; a table that is about something else is not looked at. */
function tableFaults({ operations }: Repository, [heads, ...rows]: string[][]): string[] {
	const [resource, list] = [heads.indexOf('Resource'), heads.indexOf('Operations')];
	if (resource < 0 || list < 0) return [];
	const told = Object.fromEntries(
		rows.map((row) => [row[resource], row[list].split(',').map((name) => name.trim())]),
	);
	const sorted = (names: string[] = []) => JSON.stringify([...names].sort());
	const differs = (name: string) => sorted(told[name]) !== sorted(operations[name]);
	return [...new Set([...Object.keys(operations), ...Object.keys(told)])]
		.filter(differs)
		.map((name) => `operations of ${name}: there are ${operations[name]?.join(', ') ?? 'none'}`);
}

/** Says what a Markdown file says that is not so. */
export function documentationFaults(repository: Repository, file: string): string[] {
	const text = repository.read(file);
	const { links, code, codeLines, texts, tables }: Markdown = readMarkdown(text);
	const wrongLinks = links
		.filter((link) => !/^[a-z]+:/i.test(link))
		.map((link) => [link, linkFault(repository, file, link)]);
	const wrongPaths = code.map((piece) => [piece, pathFault(repository, piece)]);
	const named = [...wrongLinks, ...wrongPaths]
		.filter(([, fault]) => fault !== undefined)
		.map((parts) => parts.join(' '));
	return [
		...named,
		...[...code, ...codeLines].flatMap((piece) => commandFaults(repository, piece)),
		...texts.flatMap((paragraph) => countFaults(repository, paragraph)),
		...tables.flatMap((table) => tableFaults(repository, table)),
	].map((fault) => `${file}: ${fault}`);
}
