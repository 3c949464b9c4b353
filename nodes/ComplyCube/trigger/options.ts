import { isPlainObject } from '../values/plainObject';
import { booleanFrom } from '../values/scalar';

/** The switches of the 'Options' collection that say what a delivery starts. */
export interface TriggerOptions {
	fetchResource: boolean;
	ignoreRepeated: boolean;
}

/**
 * Reads the options. An expression may give texts for switches; what is neither true nor false is as if left alone.
 *
 * @param entered the value of the 'Options' collection
 */
export function readOptions(entered: unknown): TriggerOptions {
	const isOn = (name: string, preset: boolean) => {
		const value = booleanFrom(isPlainObject(entered) ? entered[name] : undefined);
		return typeof value === 'boolean' ? value : preset;
	};
	return {
		fetchResource: isOn('fetchResource', false),
		ignoreRepeated: isOn('ignoreRepeated', true),
	};
}
