import MarkdownIt from 'markdown-it';
import type { WorkflowNode } from '../../sandbox/n8n/workflow.cts';
import { plainText } from './markdown.cts';

type BlockKind = 'h2' | 'h3' | 'p' | 'li';

/** A heading, a paragraph or an entry of a list. */
interface Block {
	kind: BlockKind;
	/** As it is read, without marks. */
	text: string;
	/** Only for an entry of a list. */
	numbered: boolean;
}

/** A part of a note: what follows a heading up to the next one. */
export interface Section {
	level: number;
	heading: string;
	/** All that stands below it. */
	text: string;
	/** Entries of its numbered lists. */
	steps: string[];
}

/**
 * How n8n's editor sets each kind of block, in pixels: the height of a line and the space below a block as in its style sheet
 * (an entry bears its part of the space below the list), the width of a letter as a rather wide guess.
 */
const TYPESETTING: Record<BlockKind, { letter: number; line: number; below: number }> = {
	h2: { letter: 13, line: 32.4, below: 8 },
	h3: { letter: 8.6, line: 21.6, below: 8 },
	p: { letter: 7, line: 18.9, below: 8 },
	li: { letter: 7, line: 18.2, below: 5 },
};
const PADDING = { top: 8, side: 12, list: 20 };

const isHeading = ({ kind }: Block) => kind === 'h2' || kind === 'h3';

function blocksOf(markdown: string): Block[] {
	const open: string[] = [];
	return new MarkdownIt().parse(markdown, {}).flatMap((token) => {
		if (token.nesting === 1) open.push(token.tag);
		if (token.nesting === -1) open.pop();
		if (token.type !== 'inline') return [];
		const kind = open.includes('li') ? 'li' : (open.at(-1) as BlockKind);
		return [{ kind, text: plainText(token), numbered: open.includes('ol') }];
	});
}

/** Lists the parts of a note; what comes before its first heading is not one. */
export function sectionsOf(note: WorkflowNode): Section[] {
	const sections: Section[] = [];
	for (const block of blocksOf(String(note.parameters.content ?? ''))) {
		if (isHeading(block)) {
			const level = Number(block.kind.slice(1));
			sections.push({ level, heading: block.text, text: '', steps: [] });
		} else if (sections.length > 0) {
			const section = sections.at(-1)!;
			section.text = `${section.text} ${block.text}`.trim();
			if (block.numbered) section.steps.push(block.text);
		}
	}
	return sections;
}

/** Counts the lines of a text that breaks between words. */
function lineCount(text: string, letters: number): number {
	let lines = 1;
	let used = 0;
	for (const { length } of text.split(/\s+/)) {
		const needed = used === 0 ? length : used + 1 + length;
		if (needed > letters && used > 0) lines++;
		used = needed > letters ? length : needed;
	}
	return lines;
}

/**
 * Estimates how much room the text of a note needs in the editor.
 *
 * @param width Of the note, in pixels
 * @returns Pixels from the note's upper edge
 */
export function textHeight(note: WorkflowNode, width: number): number {
	const heights = blocksOf(String(note.parameters.content ?? '')).map(({ kind, text }) => {
		const { letter, line, below } = TYPESETTING[kind] ?? TYPESETTING.h2;
		const room = width - 2 * PADDING.side - (kind === 'li' ? PADDING.list : 0);
		return lineCount(text, room / letter) * line + below;
	});
	return heights.reduce((sum, height) => sum + height, PADDING.top);
}
