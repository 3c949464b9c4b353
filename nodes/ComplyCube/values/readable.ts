/** Short forms that are not written like other words. */
const SPELLINGS: Record<string, string> = { eid: 'eID', mrz: 'MRZ', ssn: 'SSN', vpn: 'VPN' };

/**
 * Makes words of one of ComplyCube's codes.
 *
 * @param code e.g. `extensive_screening_check`
 * @returns e.g. "Extensive screening check"; undefined if it is no text
 */
export function readable(code: unknown): string | undefined {
	if (typeof code !== 'string') return undefined;
	const [first = '', ...others] = code
		.split(/[\s_-]+/)
		.filter(Boolean)
		.map((word) => SPELLINGS[word] ?? word);
	const isSpelled = Object.values(SPELLINGS).includes(first);
	return [isSpelled ? first : first.replace(/^./u, (letter) => letter.toUpperCase()), ...others]
		.join(' ')
		.trim();
}
