import { textualForm, typeOf, MIME_TYPES } from '../../nodes/ComplyCube/pipeline/fileType';

const PDF = '%PDF-1.7\n%\u00e2\u00e3';
const bytes = (text: string) => Buffer.from(text, 'utf8');

describe('typeOf', () => {
	it.each([
		['a byte order mark', '\uFEFF'],
		['a line break', '\r\n'],
		['as much as readers skip', ' '.repeat(1020)],
	])('takes a PDF with %s before its beginning', (_, before) => {
		expect(typeOf(bytes(before + PDF), MIME_TYPES)).toBe('application/pdf');
	});

	it.each([' '.repeat(1021), 'x'.repeat(5_000)])('but no later than that', (before) => {
		expect(typeOf(bytes(before + PDF), MIME_TYPES)).toBeUndefined();
	});

	it('takes no image with something before its beginning', () => {
		const png = Buffer.from('0a89504e470d0a1a0a', 'hex');
		expect(typeOf(png, MIME_TYPES)).toBeUndefined();
	});

	it('takes an image with a PDF in it for an image', () => {
		const jpg = Buffer.concat([Buffer.from('ffd8ffe0', 'hex'), bytes(PDF)]);
		expect(typeOf(jpg, MIME_TYPES)).toBe('image/jpeg');
	});

	it('does not know an empty file', () => {
		expect(typeOf(Buffer.alloc(0), MIME_TYPES)).toBeUndefined();
	});
});

describe('textualForm', () => {
	it.each([
		['data:image/png;base64,iVBORw0KGgo', /^a data URL, a text/],
		['\uFEFF data:image/svg+xml;charset=utf-8;base64,PHN2Zz4', /^a data URL, a text/],
		['data:application/pdf,%PDF', /^a data URL, a text/],
		['iVBORw0KGgoAAAANSUhEUg', 'a text in base64'],
		['/9j/4AAQSkZJRg', 'a text in base64'],
		['JVBERi0xLjcK', 'a text in base64'],
	])('%p', (text, form) => {
		expect(textualForm(bytes(text))).toEqual(
			form instanceof RegExp ? expect.stringMatching(form) : form,
		);
	});

	it.each(['image/png', 'image/jpeg', 'application/pdf'])(
		'a data URL of %s that was taken for base64',
		(type) => {
			const decoded = Buffer.from(`data:${type};base64,${'iVBORw0KGgo'.repeat(20)}`, 'base64');
			expect(textualForm(decoded)).toMatch(/^a data URL, decoded/);
		},
	);

	it.each(['', 'Dear data: image', 'database', '<svg/>', PDF, 'GIF89a'])('not %p', (text) => {
		expect(textualForm(bytes(text))).toBeUndefined();
	});
});
