import MarkdownIt from 'markdown-it';

type Token = ReturnType<MarkdownIt['parse']>[number];

/** What a Markdown file says that can be held against the repository. */
export interface Markdown {
	/** Targets of links and pictures, as written. */
	links: string[];
	/** What its headings can be reached by, after a `#`. */
	anchors: string[];
	/** Pieces of code within a line. */
	code: string[];
	/** Lines of code in blocks. */
	codeLines: string[];
	/** Its paragraphs, headings and cells as they are read. */
	texts: string[];
	/** Its tables: rows of cells, the heads first. */
	tables: string[][][];
}

const HTML_LINK = /\b(?:href|src)="([^"]*)"/g;
const HTML_ANCHOR = /\b(?:id|name)="([^"]*)"/g;

const all = (text: string, pattern: RegExp) =>
	[...text.matchAll(pattern)].map(([, found]) => found);

/** The text of a line as it is read, without its marks. */
export const plainText = ({ children }: Token): string =>
	(children ?? [])
		.map(({ type, content }) => (/break$/.test(type) ? ' ' : /^html/.test(type) ? '' : content))
		.join('');

/** GitHub's anchor of a heading. */
const slug = (heading: string) =>
	heading
		.trim()
		.toLowerCase()
		.replace(/[^\p{L}\p{N}\p{M} _-]/gu, '')
		.replaceAll(' ', '-');

/** Numbers what occurs again as GitHub does: `trigger`, `trigger-1`. */
function numbered(slugs: string[]): string[] {
	const times = new Map<string, number>();
	return slugs.map((name) => {
		const before = times.get(name) ?? 0;
		times.set(name, before + 1);
		return before === 0 ? name : `${name}-${before}`;
	});
}

function tablesOf(tokens: Token[]): string[][][] {
	const tables: string[][][] = [];
	for (const [index, { type }] of tokens.entries()) {
		if (type === 'table_open') tables.push([]);
		if (type === 'tr_open') tables.at(-1)!.push([]);
		if (type === 'th_open' || type === 'td_open') {
			tables
				.at(-1)!
				.at(-1)!
				.push(plainText(tokens[index + 1]));
		}
	}
	return tables;
}

/** Reads a Markdown file as GitHub shows it. */
export function readMarkdown(text: string): Markdown {
	const blocks = new MarkdownIt({ html: true, linkify: true }).parse(text, {});
	const inline = blocks.filter(({ type }) => type === 'inline');
	const parts = inline.flatMap(({ children }) => children ?? []);
	const html = [...blocks, ...parts]
		.filter(({ type }) => /^html/.test(type))
		.map(({ content }) => content)
		.join('\n');
	const headings = blocks
		.filter((_, index) => blocks[index - 1]?.type === 'heading_open')
		.map((heading) => slug(plainText(heading)));
	return {
		links: [
			...parts.flatMap((part) => part.attrGet('href') ?? part.attrGet('src') ?? []),
			...all(html, HTML_LINK),
		],
		anchors: [...numbered(headings), ...all(html, HTML_ANCHOR)],
		code: parts.filter(({ type }) => type === 'code_inline').map(({ content }) => content),
		codeLines: blocks
			.filter(({ type }) => type === 'fence' || type === 'code_block')
			.flatMap(({ content }) => content.split('\n')),
		texts: inline.map(plainText),
		tables: tablesOf(blocks),
	};
}
