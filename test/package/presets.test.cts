import { join } from 'node:path';
import type {
	INodeProperties,
	INodePropertyCollection,
	INodePropertyOptions,
	INodeType,
} from 'n8n-workflow';
import { NODE_FOLDER } from '../built/outputSchema.cts';
import { description } from '../operations/index.cts';

type Entry = INodeProperties | INodePropertyOptions | INodePropertyCollection;

const { ComplyCubeTrigger } = require(join(NODE_FOLDER, 'ComplyCubeTrigger.node.js')) as {
	ComplyCubeTrigger: new () => INodeType;
};

const properties = [...description.properties, ...new ComplyCubeTrigger().description.properties];

/** All fields, also those inside collections and rows, each with its path. */
function fieldsIn(entries: Entry[], path: string[] = []): Array<[string, INodeProperties]> {
	return entries.flatMap((entry) => {
		if ('values' in entry) return fieldsIn(entry.values, path);
		if (!('type' in entry)) return [];
		const own = [...path, entry.name];
		return [
			[own.join('.'), entry] as [string, INodeProperties],
			...fieldsIn(entry.options ?? [], own),
		];
	});
}

const lists = fieldsIn(properties).filter(([, { type }]) => type === 'options');

/** n8n's editor says `The value "" is not supported!` of an empty value, unless the list has it or any value is allowed. */
const isRedAtFirst = ({ allowArbitraryValues, options = [], default: preset }: INodeProperties) =>
	!allowArbitraryValues &&
	!(options as INodePropertyOptions[]).some(({ value }) => value === preset);

it('has no list that is marked in red as soon as it is added', () => {
	expect(lists.length).toBeGreaterThan(20);
	expect(lists.filter(([, field]) => isRedAtFirst(field)).map(([path]) => path)).toEqual([]);
});

it('starts JSON with an empty object, because the editor marks an empty text as an error', () => {
	const json = fieldsIn(properties).filter(([, { type }]) => type === 'json');
	expect(json.length).toBeGreaterThan(3);
	expect(json.filter(([, field]) => field.default !== '{}').map(([path]) => path)).toEqual([]);
});

/** Lists inside a collection or row that start at a value, and why that decides nothing. */
const PRESETS = {
	'names.type': 'a record has at least one name, and the first is the primary one',
};

it('chooses nothing by itself in a list that somebody adds', () => {
	const added = lists.filter(([path]) => path.includes('.'));
	expect(added.length).toBeGreaterThan(20);
	const preset = added.filter(([, field]) => field.default !== '').map(([path]) => path);
	expect(preset).toEqual(Object.keys(PRESETS));
});

/** Collections in another order, and why. */
const OTHER_ORDER = {
	'options: Max Wait (Minutes)':
		"it only shows once 'Wait for Outcome' is on, so it stands below that",
};

describe.each(
	fieldsIn(properties)
		.filter(([, { type }]) => type === 'collection')
		.map(
			([path, { options = [] }]) =>
				[path, options.map((option) => (option as INodeProperties).displayName)] as const,
		),
)('%s', (path, labels) => {
	it('offers what can be added by label', () => {
		const placed = labels.filter((label) => !(`${path}: ${label}` in OTHER_ORDER));
		expect(placed.length).toBeGreaterThan(0);
		expect(placed).toEqual([...placed].sort((one, other) => one.localeCompare(other)));
	});
});
