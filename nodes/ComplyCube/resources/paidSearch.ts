/** What somebody has to know before a search. */
export const PAID_SEARCH_HINT =
	"Search uses paid quota: each one counts against your plan's monthly quota, even if it finds nothing.";

/** For when it is not known whether a search was carried out. */
export const PAID_SEARCH_IN_DOUBT =
	'The search may have counted against the quota all the same. See in the Web Portal how much of it is left before you run this item again: a second search counts once more.';
