import type { Query } from './resource.cts';

/** Reads an attribute by the name of its filter, e.g. `result.outcome` for a nested one. */
export type ReadAttribute<T> = (item: T, name: string) => unknown;

const DATE_FILTERS: Record<string, { attribute: string; after: boolean }> = {
	createdAfter: { attribute: 'createdAt', after: true },
	createdBefore: { attribute: 'createdAt', after: false },
	updatedAfter: { attribute: 'updatedAt', after: true },
	updatedBefore: { attribute: 'updatedAt', after: false },
};

const ISO_DATE = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(?<zone>Z|[+-]\d\d:?\d\d)?)?$/;

function parseTime(text: string): number {
	const match = ISO_DATE.exec(text);
	if (!match) return NaN;
	// Assumption: a time without a zone is UTC, like all times of the API.
	return Date.parse(match[1] && !match.groups?.zone ? `${text}Z` : text);
}

/**
 * @param query Values by attribute name, without the paging parameters.
 * @param supported Attributes that can be filtered on, besides the four date filters.
 * @param ignoresOthers Whether other attributes are ignored.
 * @returns A test for items; undefined when a filter is unsupported or malformed, which the API
 * answers with an empty list. [Filtering], [Pagination]
 */
export function buildFilter<T>(
	query: Query,
	supported: string[],
	read: ReadAttribute<T>,
	ignoresOthers: boolean,
): ((item: T) => boolean) | undefined {
	const tests: Array<(item: T) => boolean> = [];
	for (const [name, value] of Object.entries(query)) {
		if (typeof value !== 'string') return undefined;
		const dateFilter = DATE_FILTERS[name];
		if (dateFilter) {
			const limit = parseTime(value);
			if (Number.isNaN(limit)) return undefined;
			tests.push((item) => {
				const time = Date.parse(String(read(item, dateFilter.attribute)));
				return dateFilter.after ? time > limit : time < limit;
			});
		} else if (supported.includes(name)) {
			tests.push((item) => String(read(item, name) ?? '') === value && value !== '');
		} else if (!ignoresOthers) {
			return undefined;
		}
	}
	return (item) => tests.every((test) => test(item));
}
