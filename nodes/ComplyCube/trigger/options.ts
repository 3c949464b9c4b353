import { booleanFrom } from '../values/scalar';
import { valueOrNothing } from './valueOrNothing';

/** The switches of the 'Options' collection. */
export interface TriggerOptions {
	fetchResource: boolean;
	highlightIds: boolean;
	ignoreRepeated: boolean;
}

/**
 * Reads the options. An expression may give texts for switches; one that gives neither true nor false, or fails, is as if left alone.
 *
 * @param valueOf reads a parameter, e.g. `options.fetchResource`; it may throw
 */
export function readOptions(valueOf: (parameter: string) => unknown): TriggerOptions {
	const isOn = (name: string, preset: boolean) => {
		const value = booleanFrom(valueOrNothing(() => valueOf(`options.${name}`)));
		return typeof value === 'boolean' ? value : preset;
	};
	return {
		fetchResource: isOn('fetchResource', false),
		highlightIds: isOn('highlightIds', true),
		ignoreRepeated: isOn('ignoreRepeated', true),
	};
}
