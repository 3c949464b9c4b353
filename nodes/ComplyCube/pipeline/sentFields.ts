import type {
	IDataObject,
	INodeProperties,
	INodePropertyCollection,
	INodePropertyOptions,
} from 'n8n-workflow';
import { Failure } from '../transport/failure';
import type { IdField } from '../transport/pathSegment';
import { isBlank } from '../values/blank';
import { choiceFrom, choicesFrom, type Choice } from '../values/choice';
import { countries } from '../values/countries';
import { dayFrom } from '../values/day';
import { idFrom } from '../values/id';
import { valueAt, withValue } from '../values/path';
import { booleanFrom, numberFrom, objectFrom, textFrom } from '../values/scalar';
import { timeFrom } from '../values/time';
import { Unreadable } from '../values/unreadable';
import { invalidValue, isVoid } from './body';
import { rowsFrom } from './rows';

/** A field that goes into the request, and how its value is read. */
export interface SentField {
	/** What the editor calls it */
	label: string;
	/** The parameter, within its collection if it is in one */
	name: string;
	/** The collection it is in, e.g. `clientFilters` */
	collection?: string;
	/** Whether it is only there for its rows. If it has none, an expression may have stood there, which n8n removes */
	needsRows: boolean;
	place: 'body' | 'query';
	/** Where it is in the body or query, e.g. `personDetails.dob` */
	path: string;
	/** Whether somebody can leave it blank by hand; a list with a preset cannot be */
	canBeBlank: boolean;
	/** Whether it chooses an object: if none is chosen, it is not sent, not even empty */
	isLocator: boolean;
	read: (value: unknown, timezone: string) => unknown;
}

/** A field that can be in the path: an ID, or one of a few values. */
export interface PathField extends IdField {
	choices?: Choice[];
}

/** What an operation's fields say about the values in them. */
export interface Form {
	fields: SentField[];
	/** Those that can be in the path, by parameter */
	pathFields: ReadonlyMap<string, PathField>;
	/** What 'Fields' offers */
	outputFields: Choice[];
}

/** The group of rows in a field that ComplyCube takes as a list. Any other group, e.g. pairs of metadata, has a step of its own. */
const ROWS = 'values';

/** How the rows of a field are read: each value by its own type. */
function rowsReaderFor({ options = [] }: INodeProperties): SentField['read'] | undefined {
	const group = (options as INodePropertyCollection[]).find(({ name }) => name === ROWS);
	const columns = group?.values.map((property) => ({
		label: property.displayName,
		name: property.name,
		read: readerFor(property) ?? textFrom,
	}));
	return columns && ((value, timezone) => rowsFrom(value, columns, timezone));
}

/** What a field offers to choose: its own list, or the one that a method of the node loads into it. */
const choicesOf = ({ options = [], typeOptions }: INodeProperties): Choice[] =>
	typeOptions?.loadOptionsMethod === 'getCountries' ? countries : (options as Choice[]);

/** A field's type says what it sends, whatever an expression, a spreadsheet or an AI agent gives for it. */
function readerFor(property: INodeProperties): SentField['read'] | undefined {
	const choices = choicesOf(property);
	// Not `allowArbitraryValues`, which spares the user a red mark, see `fields/withoutPreset.ts`
	const isOpen = property.typeOptions?.isOpen === true;
	switch (property.type) {
		case 'string':
			return property.typeOptions?.isId === true ? idFrom : textFrom;
		case 'boolean':
			return booleanFrom;
		case 'number':
			return numberFrom;
		case 'json':
			return objectFrom;
		case 'dateTime':
			return property.typeOptions?.dateOnly ? dayFrom : timeFrom;
		case 'resourceLocator':
			return idFrom;
		case 'options':
			return (value) => choiceFrom(value, choices, isOpen);
		case 'multiOptions':
			return (value) => choicesFrom(value, choices, isOpen);
		case 'fixedCollection':
			return rowsReaderFor(property);
		default:
			return undefined;
	}
}

/**
 * Finds the fields of an operation that go into its request.
 *
 * @param properties the operation's fields; those inside collections are found as well
 * @param collection the parameter of the collection that has them
 */
export function sentFieldsOf(
	properties: Array<INodeProperties | INodePropertyOptions>,
	collection?: string,
): SentField[] {
	return properties.flatMap((property) => {
		if (!('type' in property)) return [];
		if (property.type === 'collection') {
			return sentFieldsOf(property.options as INodeProperties[], property.name);
		}
		const { property: path, type: place } = property.routing?.send ?? {};
		const read = readerFor(property);
		if (!path || !place || !read) return [];
		const isLocator = property.type === 'resourceLocator';
		const canBeBlank = isLocator || property.default === '';
		const needsRows = property.type === 'fixedCollection' && collection !== undefined;
		const { displayName: label, name } = property;
		return [{ label, name, collection, needsRows, place, path, canBeBlank, isLocator, read }];
	});
}

/**
 * Finds the fields of an operation that can be in its path. Values that can be chosen are kept, e.g. the side of a document:
 * ComplyCube answers an unknown side with the front (ComplyCube's own integration tests).
 *
 * @param properties the operation's fields
 * @returns the fields by parameter
 */
export const pathFieldsOf = (properties: INodeProperties[]): Map<string, PathField> =>
	new Map(
		properties
			.filter(({ routing }) => !routing)
			.map(({ displayName, name, type, options }) => [
				name,
				{
					label: displayName,
					hasList: type === 'resourceLocator',
					...(type === 'options' && { choices: options as Choice[] }),
				},
			]),
	);

const nameOf = ({ place, label }: SentField) =>
	place === 'query' ? `The '${label}' filter` : `'${label}'`;

/**
 * Reads what the fields put into a body or query. What is blank stays as it is, but null in a body is as if left alone.
 *
 * @param fields the fields of the operation
 * @param place whether `values` is the body or the query
 * @param values as n8n composed it
 * @param timezone the workflow's time zone
 * @returns the same with values of the right types, or why a value cannot be sent
 */
export function readSentFields(
	fields: SentField[],
	place: SentField['place'],
	values: IDataObject,
	timezone: string,
): IDataObject | Failure {
	let result = values;
	for (const field of fields) {
		if (field.place !== place) continue;
		const value = valueAt(result, field.path);
		if (isBlank(value)) {
			// An expression that gives null is not the wish to clear a field, which an empty text is
			const isLeftAlone = field.isLocator || (value === null && place === 'body');
			if (isLeftAlone && value !== undefined) result = withValue(result, field.path, undefined);
			continue;
		}
		const read = field.read(value, timezone);
		if (read instanceof Unreadable) {
			return invalidValue(field.path, `${nameOf(field)} ${read.problem}`, read.advice);
		}
		if (field.needsRows && isVoid(read)) {
			return invalidValue(
				field.path,
				`'${field.label}' has no entries`,
				'Add one or remove the field. Each of its fields can be an expression, but not all of it.',
			);
		}
		result = withValue(result, field.path, read);
	}
	return result;
}
