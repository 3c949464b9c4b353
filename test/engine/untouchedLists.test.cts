import type { IDataObject, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { startSimulator, type Simulator } from '../../simulator/server.cts';
import { runNode } from '../built/engine.cts';
import {
	description,
	isShownFor,
	offeredOperations,
	rowOf,
	titleOf,
	type OperationName,
} from '../operations/index.cts';
import { INSTANT, TEST_KEY } from './resourceCalls.cts';

let simulator: Simulator;
beforeAll(async () => {
	simulator = await startSimulator(INSTANT);
});
beforeEach(() => simulator.reset());
afterAll(async () => await simulator.close());

/** A field that somebody can add to an operation. */
interface AddedField {
	name: OperationName;
	collection: string;
	field: INodeProperties;
}

const isList = ({ type, required }: INodeProperties) => type === 'options' && !required;

const isJson = ({ type }: INodeProperties) => type === 'json';

const addedFields = (isWanted: (field: INodeProperties) => boolean): AddedField[] =>
	offeredOperations.flatMap((name) =>
		description.properties
			.filter(isShownFor(name))
			.filter(({ type }) => type === 'collection')
			.flatMap(({ name: collection, options }) =>
				(options as INodeProperties[])
					.filter(isWanted)
					.map((field) => ({ name, collection, field })),
			),
	);

const addedLists = addedFields(isList);

/** What the other fields have to be for this one to be shown. */
const shownBy = ({ displayOptions }: INodeProperties): IDataObject =>
	Object.fromEntries(
		Object.entries(displayOptions?.show ?? {}).map(([path, values]) => [
			path.replace('/', ''),
			values?.[0] as string,
		]),
	);

/** What some of the lists need beside them. */
const BESIDE: Record<string, IDataObject> = {
	screeningListsMode: { screeningLists: ['Interpol'] },
};

/** Runs the operation with one field added. Returns what was sent */
async function valueSent({ name, collection, field }: AddedField, value: string) {
	const { parameters, seed } = rowOf(name);
	const id = seed(simulator);
	const { error } = await runNode({
		parameters: {
			...name,
			...parameters,
			checkTypes: ['identity_check'],
			companyName: 'Example Ltd',
			...shownBy(field),
			[collection]: { ...BESIDE[field.name], [field.name]: value },
		},
		credential: { apiKey: TEST_KEY, baseUrl: simulator.url, requestsPerSecond: 10_000 },
		input: [{ id }],
	});
	const { query, body } = simulator.requests.at(-1) ?? {};
	return { message: error?.message, sent: JSON.stringify({ query, body }) };
}

const isUpdate = ({ collection }: AddedField) => collection.endsWith('Updates');
const isFilter = ({ field }: AddedField) => field.routing?.send?.type === 'query';

/** What a step makes of fields that it joins with others. */
const JOINED: Record<string, string> = { screeningListsMode: 'mode', metadataJson: 'metadata' };

/** What the value is called in the request, in quotation marks. */
function keyOf(list: AddedField): string {
	const { [list.field.name]: joined } = JOINED;
	if (joined) return JSON.stringify(joined);
	const { property = '' } = list.field.routing!.send!;
	return JSON.stringify(isFilter(list) ? property : property.split('.').at(-1));
}

const titled = (lists: AddedField[]) =>
	lists.map((list) => [`${titleOf(list.name)}: ${list.field.displayName}`, list] as const);

it('finds the lists that can be added', () => expect(addedLists.length).toBeGreaterThan(40));

describe.each(titled(addedLists))('%s', (_title, list) => {
	it('sends what was chosen', async () => {
		const [first] = (list.field.options ?? []) as INodePropertyOptions[];
		const chosen = String(first?.value ?? 'FR');
		const { sent } = await valueSent(list, chosen);
		expect(sent).toContain(`${keyOf(list)}:"${chosen}"`);
	});
});

describe.each(titled(addedLists.filter(isUpdate)))('%s', (_title, list) => {
	it('is sent empty if it is added and left alone, like every field of an Update', async () => {
		const { sent } = await valueSent(list, list.field.default as string);
		expect(sent).toContain(`${keyOf(list)}:""`);
	});
});

const leftOut = [...addedLists, ...addedFields(isJson)].filter((field) => !isUpdate(field));

describe.each(titled(leftOut))('%s', (_title, list) => {
	it('is not sent if it is added and left alone', async () => {
		const { message, sent } = await valueSent(list, list.field.default as string);
		expect(message).toBeUndefined();
		expect(sent).not.toContain(keyOf(list));
	});
});

describe.each(titled(addedLists.filter(isFilter)))('%s', (_title, list) => {
	it('is refused if an expression gives nothing', async () => {
		const { message } = await valueSent(list, '={{ "" }}');
		expect(message).toBe(`The '${list.field.displayName}' filter is empty`);
		expect(simulator.requests).toEqual([]);
	});

	it('passes a value that is not listed only where ComplyCube may know others', async () => {
		const { message, sent } = await valueSent(list, '={{ "something.else" }}');
		const { isOpen = false } = list.field.typeOptions ?? {};
		expect([message === undefined, sent.includes('something.else')]).toEqual([isOpen, isOpen]);
	});
});
