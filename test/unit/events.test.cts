import fc from 'fast-check';
import {
	ALL_EVENTS,
	eventOptions,
	formsOf,
	isChosen,
	SESSION_COMPLETED,
	subscription,
} from '../../nodes/ComplyCube/trigger/events';
import { EVENT_TYPES } from '../../simulator/events.cts';

const choices = fc.uniqueArray(fc.constantFrom(...EVENT_TYPES), { minLength: 1 });
const UPDATED_AT = '2026-01-01T14:06:49.756Z';

describe('the list of events', () => {
	it('has every event that is known, and all of them together', () => {
		expect(eventOptions.map(({ value }) => value).sort()).toEqual(
			[...EVENT_TYPES, ALL_EVENTS].sort(),
		);
	});

	it('has names and descriptions that tell them apart', () => {
		for (const field of ['name', 'description'] as const) {
			expect(new Set(eventOptions.map((option) => option[field])).size).toBe(eventOptions.length);
		}
	});

	it('begins with the outcome of a session', () => {
		expect(eventOptions[0].value).toBe(SESSION_COMPLETED);
	});
});

describe('subscription', () => {
	it.each([
		[[], []],
		[['client.created'], ['client.created']],
		[['*'], ['*']],
		[['client.created', '*', 'check.completed'], ['*']],
		[['check.completed', 'check.completed.clear'], ['check.completed']],
		[['check.completed.clear', 'check.completed.rejected', 'check.completed'], ['check.completed']],
		[
			['check.completed.clear', 'check.completed.attention'],
			['check.completed.clear', 'check.completed.attention'],
		],
		[['client.created', 'client.created'], ['client.created']],
		// It is not documented that the general form comes as well
		[
			['document.updated', 'document.updated.image_deleted'],
			['document.updated', 'document.updated.image_deleted'],
		],
		[
			['check.updated', 'check.updatedx', 'check.completedx'],
			['check.updated', 'check.updatedx', 'check.completedx'],
		],
	])('of %j is %j', (chosen, subscribed) => {
		expect(subscription(chosen)).toEqual(subscribed);
	});

	it('covers exactly what was chosen, without overlap', () => {
		fc.assert(
			fc.property(choices, (chosen) => {
				const subscribed = subscription(chosen);
				const covers = (type: string) =>
					subscribed.some((name) => name === type || type.startsWith(`${name}.`));
				expect(chosen.filter((type) => !covers(type))).toEqual([]);
				expect(subscribed.filter((type) => !chosen.includes(type))).toEqual([]);
				expect(new Set(subscribed).size).toBe(subscribed.length);
				if (subscribed.includes('check.completed')) {
					expect(subscribed.filter((type) => type.startsWith('check.completed.'))).toEqual([]);
				}
			}),
		);
	});

	it('is settled, and leaves the choice as it is', () => {
		fc.assert(
			fc.property(choices, (chosen) => {
				const copy = [...chosen];
				const subscribed = subscription(chosen);
				expect(chosen).toEqual(copy);
				expect(subscription(subscribed)).toEqual(subscribed);
			}),
		);
	});
});

describe('isChosen', () => {
	it('takes what was chosen, and all it is subscribed for', () => {
		fc.assert(
			fc.property(choices, (chosen) => {
				for (const type of [...chosen, ...subscription(chosen)]) {
					expect(isChosen({ type }, chosen)).toBe(true);
				}
			}),
		);
	});

	it('takes nothing else', () => {
		fc.assert(
			fc.property(choices, fc.constantFrom(...EVENT_TYPES, 'new.in.2027', '*'), (chosen, type) => {
				const covered = chosen.some((each) => each === type || type.startsWith(`${each}.`));
				expect(isChosen({ type }, chosen)).toBe(covered);
				expect(isChosen({ type }, [...chosen, ALL_EVENTS])).toBe(true);
			}),
		);
	});

	it.each([
		['check.completed', 'clear', true],
		['check.completed', 'attention', false],
		['check.completed', undefined, false],
		['check', 'completed.clear', true],
		['check.completed.clear', 'attention', true],
		['check.completed.clearance', undefined, false],
		[undefined, 'clear', false],
		[null, null, false],
	])('with check.completed.clear chosen, %j with outcome %j: %j', (type, outcome, taken) => {
		const payload = { outcome } as never;
		expect(isChosen({ type, payload }, ['check.completed.clear'])).toBe(taken);
	});
});

describe('formsOf', () => {
	const payload = { id: 'c1', updatedAt: UPDATED_AT };
	const BOTH = ['check.completed', 'check.completed.clear', 'document.updated'];
	const forms = (type: unknown, changes: object = {}, chosen = BOTH) =>
		formsOf({ type, payload: { ...payload, ...changes } }, chosen);

	it.each([
		['check.completed', 'check.completed.clear'],
		['document.updated', 'document.updated.image_deleted'],
		['document.updated', 'document.updated.new_in_2027'],
	])('tells of %s and %s which is the other', (general, particular) => {
		const { change, own, other } = forms(general)!;
		expect(new Set([change, own, other]).size).toBe(3);
		expect(forms(particular)).toEqual({ change, own: other, other: own });
	});

	it.each([
		['check.completed', 'check.completed'],
		['check.completed.clear', 'check.completed.attention'],
		['document.updated.image_uploaded', 'document.updated.image_deleted'],
	])('never takes %s for the other form of %s', (one, two) => {
		expect(forms(one)!.other).not.toBe(forms(two)!.own);
	});

	it('tells objects, moments and kinds of change apart', () => {
		const all = [
			forms('check.completed'),
			forms('check.completed', { id: 'c2' }),
			forms('check.completed', { updatedAt: '2027' }),
			forms('document.updated'),
		].flatMap((each) => [each!.own, each!.other]);
		expect(new Set(all).size).toBe(8);
	});

	it.each([
		['an event of one form', forms(SESSION_COMPLETED)],
		['an event that only begins alike', forms('check.completedx')],
		['no time', forms('check.completed', { updatedAt: undefined })],
		['no ID', forms('check.completed', { id: undefined })],
		['no payload', formsOf({ type: 'check.completed' }, BOTH)],
		['a text for a payload', formsOf({ type: 'check.completed', payload: 'x' as never }, BOTH)],
		['no type', forms(undefined)],
		['all events chosen', forms('check.completed', {}, [...BOTH, ALL_EVENTS])],
	])('knows of none for %s', (_what, found) => {
		expect(found).toBeUndefined();
	});
});
