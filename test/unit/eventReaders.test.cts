import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { Failure } from '../../nodes/ComplyCube/transport/failure';
import { eventIn } from '../../nodes/ComplyCube/trigger/delivery';
import {
	ALL_EVENTS,
	chosenEvents,
	eventName,
	formsOf,
	isChosen,
	type ComplyCubeEvent,
} from '../../nodes/ComplyCube/trigger/events';
import { outcomeOf } from '../../nodes/ComplyCube/values/outcome';
import { passes } from '../../nodes/ComplyCube/trigger/filters';
import { isSigned } from '../../nodes/ComplyCube/trigger/signature';
import { Subject } from '../../nodes/ComplyCube/trigger/subject';
import { textsFrom } from '../../nodes/ComplyCube/values/list';
import { plainText, textOf } from '../../nodes/ComplyCube/values/text';

/** JSON whose objects often have what breaks `String`, and often the fields that are read. */
const json = fc.letrec((tie) => ({
	value: fc.oneof(
		{ maxDepth: 4, withCrossShrink: true },
		fc.constantFrom(null, '', 'clear', 'x', true, 0, 1e308),
		fc.string({ unit: 'binary' }),
		fc.array(tie('value'), { maxLength: 3 }),
		fc.dictionary(
			fc.constantFrom('toString', 'valueOf', 'toISO', 'id', 'outcome', 'result', 'x', '__proto__'),
			tie('value'),
		),
	),
})).value;

const type = fc.oneof(
	fc.constantFrom(
		'check.completed',
		'check.completed.clear',
		'workflow.session.updated',
		'client.deleted',
	),
	json,
);

const payload = fc.oneof(
	json,
	fc.record(
		{
			id: json,
			outcome: json,
			result: json,
			updatedAt: json,
			clientId: json,
			workflowTemplateId: json,
		},
		{ requiredKeys: [] },
	),
);

const event = fc
	.record({ id: json, type, payload, createdAt: json }, { requiredKeys: [] })
	.map((made) => JSON.parse(JSON.stringify(made)) as ComplyCubeEvent);

const FILTERS = { outcomes: ['clear'], workflowTemplateIds: ['t'], clientIds: ['c'] };
const CHOSEN = ['check.completed', 'check.completed.clear'];

/** The property holds for far more events than one run of the tests draws. */
const RUNS = { numRuns: 2_000 };

describe('any event', () => {
	it('is read without an error', async () => {
		await fc.assert(
			fc.asyncProperty(event, json, async (drawn, reply) => {
				isChosen(drawn, CHOSEN);
				formsOf(drawn, CHOSEN);
				eventName(drawn);
				const object = (reply ?? {}) as IDataObject;
				const subject = new Subject(drawn, async () => object);
				expect(typeof (await passes(subject, FILTERS))).toBe('boolean');
				await subject.whole();
			}),
			RUNS,
		);
	});

	it('that cannot be read in ComplyCube either is a failure or does not pass', async () => {
		await fc.assert(
			fc.asyncProperty(event, async (drawn) => {
				const failure = new Failure('Broken', { httpCode: '500' });
				const verdict = await passes(new Subject(drawn, async () => failure), FILTERS);
				expect([false, true, failure]).toContain(verdict);
			}),
			RUNS,
		);
	});

	it('passes a filter by a text or a number only', async () => {
		await fc.assert(
			fc.asyncProperty(json, async (outcome) => {
				const drawn = { type: 'workflow.session.completed', payload: { outcome } as IDataObject };
				const passed = await passes(new Subject(drawn, async () => ({})), { outcomes: ['clear'] });
				expect(passed).toBe(
					typeof outcome === 'string' && outcome.trim().toLowerCase() === 'clear',
				);
			}),
			RUNS,
		);
	});
});

describe('any bytes', () => {
	it('are an object or none', () => {
		fc.assert(
			fc.property(
				fc.oneof(
					json.map((value) => Buffer.from(JSON.stringify(value))),
					fc.uint8Array().map((bytes) => Buffer.from(bytes)),
				),
				(bytes) => {
					const found = eventIn(bytes);
					expect(found === undefined || typeof found === 'object').toBe(true);
				},
			),
			RUNS,
		);
	});
});

describe('any value', () => {
	it('is read as a list, as texts, as a choice of events, as a payload and as a signature', () => {
		fc.assert(
			fc.property(fc.anything({ withNullPrototype: true }), (value) => {
				for (const text of [...textsFrom(value), ...chosenEvents(value), textOf(value)]) {
					expect(typeof text).toBe('string');
				}
				expect(['string', 'undefined']).toContain(typeof plainText(value));
				expect(isSigned(value as string, Buffer.from('x'), value)).toBe(false);
				isChosen({ type: value, payload: value as IDataObject }, [ALL_EVENTS]);
				if (value !== null && value !== undefined) outcomeOf(value as IDataObject);
			}),
			RUNS,
		);
	});

	it.each([
		[{ toString: null, valueOf: null }, '[object Object]'],
		[Object.create(null), '[object Object]'],
		[
			{
				toString: () => {
					throw new Error('No text');
				},
			},
			'[object Object]',
		],
		[undefined, ''],
		[null, ''],
		[5, '5'],
	])('has a text: %#', (value, text) => {
		expect(textOf(value)).toBe(text);
		expect(textsFrom([value])).toEqual(text ? [text] : []);
	});

	it.each([
		[' x ', 'x'],
		[5, '5'],
		[' ', undefined],
		['', undefined],
		[NaN, undefined],
		[true, undefined],
		[['x'], undefined],
		[{}, undefined],
		[null, undefined],
	])('is plain text or is not: %j', (value, text) => {
		expect(plainText(value)).toBe(text);
	});
});
