/**
 * Makes texts comparable for a search: in lower case, without accents, and with plain apostrophes and hyphens, as people type.
 *
 * @param text what somebody typed, or what is searched
 */
export const searchText = (text: string): string =>
	text
		.normalize('NFKD')
		.replace(/\p{M}/gu, '')
		.replace(/[‘’ʼ`´]/g, "'")
		.replace(/[‐‑‒–—]/g, '-')
		.toLowerCase();
