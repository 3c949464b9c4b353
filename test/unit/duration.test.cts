import { durationInWords } from '../../nodes/ComplyCube/values/duration';

it.each([
	[0, '1 second'],
	[1_000, '1 second'],
	[90_000, '90 seconds'],
	[7_200_000, '2 hours'],
	[86_400_000, '24 hours'],
	[26_800 * 86_400_000, '26,800 days'],
	[100 * 365 * 86_400_000, 'more than a hundred years'],
	[1e300, 'more than a hundred years'],
	[Infinity, 'more than a hundred years'],
])('%p ms are "%s"', (ms, words) => {
	expect(durationInWords(ms)).toBe(words);
});
