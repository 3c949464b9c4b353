import { isBlank } from '../values/blank';
import { isPlainObject } from '../values/plainObject';
import { invalidValue, isVoid, type BodyStep } from './body';

/**
 * Joins the options `screeningLists` and `screeningListsMode` into ComplyCube's `screeningListsScope` (API page "AML Screening
 * Check"), which can also be given as one JSON object.
 */
export const screeningListsScope: BodyStep = (body) => {
	if (!isPlainObject(body.options)) return body;
	const { screeningLists: lists, screeningListsMode: mode, ...options } = body.options;
	const { screeningListsScope: json } = options;
	if (!Array.isArray(lists) || lists.length === 0) {
		if (isBlank(mode)) return { ...body, options };
		return invalidValue(
			'screeningLists',
			"'Screening Lists Mode' is set, but no screening list is",
			'Choose the lists it is about, or remove the mode.',
		);
	}
	if (!isBlank(json) && !isVoid(json)) {
		return invalidValue(
			'screeningListsScope',
			"Screening lists and 'Screening Scope (JSON)' are both set",
			'Remove one of them.',
		);
	}
	const scope = { ...(!isBlank(mode) && { mode }), lists };
	return { ...body, options: { ...options, screeningListsScope: scope } };
};
