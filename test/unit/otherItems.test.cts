import { adviceOnOthers } from '../../nodes/ComplyCube/pipeline/otherItems';

const first = (count: number) => Array.from({ length: count }, (_, i) => i);

it.each([
	[[], [], 1, '1 other item of this run was not sent.'],
	[[], [], 29, '29 other items of this run were not sent.'],
	[[0], [], 0, '1 other item of this run was carried out (item 0). n8n discards'],
	[
		first(2),
		[],
		27,
		'2 other items of this run were carried out (items 0 and 1); 27 were not sent. n8n discards',
	],
	[
		first(30),
		[],
		1,
		'30 other items of this run were carried out (items 0 to 29); 1 was not sent.',
	],
	[[0, 1, 2, 4, 6, 7], [], 0, '(items 0 to 2, 4 and 6 and 7)'],
	[[], [3], 2, '1 other item of this run may have been carried out (item 3); 2 were not sent. n8n'],
	[
		[0],
		[1, 2],
		3,
		'1 other item of this run was carried out (item 0); 2 may have been carried out (items 1 and 2); 3 were not sent.',
	],
])('%j carried out, %j in doubt, %p not sent', (done, unknown, unsent, sentence) => {
	expect(adviceOnOthers({ done, unknown, refused: [], unsent })).toContain(sentence);
});

it('names those that failed', () => {
	expect(adviceOnOthers({ done: [1], unknown: [], refused: [3, 4], unsent: 2 })).toContain(
		'1 other item of this run was carried out (item 1); 2 failed and were not carried out (items 3 and 4); 2 were not sent.',
	);
});

it('does not speak of discarded results where there are none', () => {
	expect(adviceOnOthers({ done: [], unknown: [], refused: [], unsent: 2 })).not.toContain(
		'discards',
	);
});

it('says nothing without others', () => {
	expect(adviceOnOthers({ done: [], unknown: [], refused: [], unsent: 0 })).toBe(undefined);
});
