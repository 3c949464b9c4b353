import type { INodeProperties } from 'n8n-workflow';
import { workflowSessionProperties } from '../../nodes/ComplyCube/resources/workflowSession';
import { withSharedLocators } from '../../nodes/ComplyCube/resources/sharedLocators';

const field = (name: string, operation: string, more: Partial<INodeProperties> = {}) =>
	({
		displayName: name,
		name,
		type: 'string',
		default: '',
		displayOptions: { show: { resource: ['client'], operation: [operation] } },
		...more,
	}) as INodeProperties;

const locator = (name: string, operation: string, more: Partial<INodeProperties> = {}) =>
	field(name, operation, {
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		...more,
	});

const shownFor = (property?: INodeProperties) => property?.displayOptions?.show?.operation;

describe('withSharedLocators', () => {
	it('declares each locator once, at its first place, for all of its operations', () => {
		const shared = withSharedLocators([
			locator('clientId', 'get'),
			field('output', 'get'),
			locator('checkId', 'get'),
			locator('clientId', 'update'),
			field('output', 'update'),
			locator('clientId', 'delete'),
			locator('checkId', 'update'),
		]);
		expect(shared.map(({ name }) => name)).toEqual(['clientId', 'output', 'checkId', 'output']);
		expect(shownFor(shared[0])).toEqual(['get', 'update', 'delete']);
		expect(shownFor(shared[2])).toEqual(['get', 'update']);
	});

	it('leaves everything else as it is, the very same objects', () => {
		const lone = locator('clientId', 'get');
		const fields = [field('output', 'get'), lone, field('output', 'getAll'), field('a', 'get')];
		const shared = withSharedLocators(fields);
		expect(shared).toHaveLength(fields.length);
		shared.forEach((property, place) => expect(property).toBe(fields[place]));
	});

	it('does not share a locator with a plain field of its name', () => {
		const fields = [field('clientId', 'create'), locator('clientId', 'get')];
		expect(withSharedLocators(fields)).toEqual(fields);
	});

	it('keeps the other conditions and traits of the first', () => {
		const show = { resource: ['client'], operation: ['get'], output: ['raw'] };
		const first = locator('clientId', 'get', { displayOptions: { show }, required: true });
		const [shared] = withSharedLocators([first, locator('clientId', 'update')]);
		expect(shared).toEqual({
			...first,
			displayOptions: { show: { ...show, operation: ['get', 'update'] } },
		});
	});

	it('does not lose the conditions under which the first is hidden', () => {
		const show = { resource: ['client'], operation: ['get'] };
		const hide = { output: ['none'] };
		const first = locator('clientId', 'get', { displayOptions: { show, hide } });
		const [shared] = withSharedLocators([first, locator('clientId', 'update')]);
		expect(shared.displayOptions?.hide).toEqual(hide);
	});

	it('never changes what it is given', () => {
		const fields = [locator('clientId', 'get'), locator('clientId', 'update')];
		const before = structuredClone(fields);
		withSharedLocators(fields);
		expect(fields).toEqual(before);
		expect(shownFor(fields[0])).toEqual(['get']);
	});

	it('has nothing to do for no properties', () => {
		expect(withSharedLocators([])).toEqual([]);
	});
});

describe('the properties of Workflow Session', () => {
	it('declare the session once, for every operation on one session', () => {
		const locators = workflowSessionProperties.filter(({ type }) => type === 'resourceLocator');
		expect(locators.map(({ name }) => name)).toEqual(['workflowSessionId']);
		expect([...(shownFor(locators[0]) ?? [])].sort()).toEqual(['cancel', 'complete', 'get']);
	});
});
