import { booleanFrom } from '../values/scalar';

/** The switches of the 'Options' collection. */
export interface TriggerOptions {
	fetchResource: boolean;
	highlightIds: boolean;
	ignoreRepeated: boolean;
}

/**
 * Reads the options. An expression may give texts for switches. What is neither true nor false is as if left alone, and so is an
 * expression that fails: an error here would be answered 500, and the event come again in vain.
 *
 * @param valueOf reads a parameter, e.g. `options.fetchResource`; it may throw
 */
export function readOptions(valueOf: (parameter: string) => unknown): TriggerOptions {
	const isOn = (name: string, preset: boolean) => {
		try {
			const value = booleanFrom(valueOf(`options.${name}`));
			return typeof value === 'boolean' ? value : preset;
		} catch {
			return preset;
		}
	};
	return {
		fetchResource: isOn('fetchResource', false),
		highlightIds: isOn('highlightIds', true),
		ignoreRepeated: isOn('ignoreRepeated', true),
	};
}
