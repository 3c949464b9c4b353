import { PDFDocument, StandardFonts } from 'pdf-lib';

const MARGIN = 56;
const TITLE_SIZE = 18;
const SIZE = 10;
const LEADING = 16;

/**
 * @param title Printed at the top of the first page.
 * @param lines Printed below it, on as many pages as they need.
 * @returns The PDF file.
 */
export async function renderPdf(title: string, lines: string[]): Promise<Buffer> {
	const pdf = await PDFDocument.create();
	pdf.setTitle(title);
	const font = await pdf.embedFont(StandardFonts.Helvetica);
	const known = new Set(font.getCharacterSet());
	// The standard fonts have only Latin letters and throw on others.
	const printable = (text: string) =>
		Array.from(text, (char) => (known.has(char.codePointAt(0)!) ? char : '?')).join('');

	let page = pdf.addPage();
	let y = page.getHeight() - MARGIN;
	page.drawText(printable(title), { x: MARGIN, y, size: TITLE_SIZE, font });
	y -= 2 * LEADING;
	for (const line of lines) {
		if (y < MARGIN) {
			page = pdf.addPage();
			y = page.getHeight() - MARGIN;
		}
		page.drawText(printable(line), { x: MARGIN, y, size: SIZE, font });
		y -= LEADING;
	}
	return Buffer.from(await pdf.save());
}
