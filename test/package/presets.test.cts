import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';
import { description } from '../operations/index.cts';

type Entry = INodeProperties | INodePropertyOptions | INodePropertyCollection;

/** All fields, also those inside collections and rows. */
function fieldsIn(entries: Entry[]): INodeProperties[] {
	return entries.flatMap((entry) => {
		if ('values' in entry) return fieldsIn(entry.values);
		if (!('type' in entry)) return [];
		return [entry, ...fieldsIn(entry.options ?? [])];
	});
}

const lists = fieldsIn(description.properties).filter(({ type }) => type === 'options');

/** n8n's editor says `The value "" is not supported!` of an empty value, unless the list has it or any value is allowed. */
const isRedAtFirst = ({ allowArbitraryValues, options = [], default: preset }: INodeProperties) =>
	!allowArbitraryValues &&
	!(options as INodePropertyOptions[]).some(({ value }) => value === preset);

it('has no list that is marked in red as soon as it is added', () => {
	expect(lists.length).toBeGreaterThan(20);
	expect(lists.filter(isRedAtFirst).map(({ displayName }) => displayName)).toEqual([]);
});
