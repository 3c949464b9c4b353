import { filters } from '../../fields/collections';
import { limitProperties, listOptions, timeFilters } from '../../fields/listFields';
import { clientLocator, locator } from '../../fields/locator';
import type { Operation } from '../resource';
import type { LiveCapture } from './capture';

/** API pages "List live photos", "List live videos". */
export const getAll = ({ name, path }: LiveCapture): Operation => ({
	name: 'Get Many',
	value: 'getAll',
	action: `Get many ${name}s`,
	description: `List a client's ${name}s, newest first. Filter by time.`,
	request: { method: 'GET', path },
	plan: { kind: 'list', requiredIds: ['clientId'] },
	fields: [
		locator(clientLocator),
		...limitProperties,
		filters('captureFilters', timeFilters),
		listOptions,
	],
});
