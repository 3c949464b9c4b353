import fc from 'fast-check';
import {
	ALL_EVENTS,
	changeOf,
	eventOptions,
	isChosen,
	SESSION_COMPLETED,
	subscription,
} from '../../nodes/ComplyCubeTrigger/events';
import { EVENT_TYPES } from '../simulator/events.cts';

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

describe('changeOf', () => {
	const payload = { id: 'c1', updatedAt: UPDATED_AT };

	it('names both forms of a change alike', () => {
		const name = `check.completed c1 ${UPDATED_AT}`;
		expect(changeOf({ type: 'check.completed', payload })).toBe(name);
		expect(changeOf({ type: 'check.completed.clear', payload })).toBe(name);
	});

	it('tells objects, moments and kinds of change apart', () => {
		const names = [
			{ type: 'check.completed', payload },
			{ type: 'check.completed', payload: { ...payload, id: 'c2' } },
			{ type: 'check.completed', payload: { ...payload, updatedAt: '2027' } },
			{ type: 'document.updated', payload },
		].map(changeOf);
		expect(new Set(names).size).toBe(4);
	});

	it.each([
		['an event of one form', { type: SESSION_COMPLETED, payload }],
		['an event that only begins alike', { type: 'check.completedx', payload }],
		['no time', { type: 'check.completed', payload: { id: 'c1' } }],
		['no ID', { type: 'check.completed', payload: { updatedAt: UPDATED_AT } }],
		['no payload', { type: 'check.completed' }],
		['no type', { payload }],
	])('does not name %s', (_what, event) => {
		expect(changeOf(event)).toBeUndefined();
	});
});
