/** Abbreviations, which are not written like other words. */
const SPELLINGS = new Map([
	['eid', 'eID'],
	['mrz', 'MRZ'],
	['ssn', 'SSN'],
	['vpn', 'VPN'],
]);

/**
 * Turns one of ComplyCube's codes into words.
 *
 * @param code e.g. `extensive_screening_check`
 * @returns e.g. "Extensive screening check"; undefined if it is no text
 */
export function readable(code: unknown): string | undefined {
	if (typeof code !== 'string') return undefined;
	const [first = '', ...others] = code
		.split(/[\s_-]+/)
		.filter(Boolean)
		.map((word) => SPELLINGS.get(word) ?? word);
	const isSpelled = [...SPELLINGS.values()].includes(first);
	return [isSpelled ? first : first.replace(/^./u, (letter) => letter.toUpperCase()), ...others]
		.join(' ')
		.trim();
}
