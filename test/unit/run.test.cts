import type { IExecuteData } from 'n8n-workflow';
import { Run, runOf, type EffectCounts } from '../../nodes/ComplyCube/pipeline/run';
import { Failure } from '../../nodes/ComplyCube/transport/failure';

const REFUSED = new Failure('Refused');
const IN_DOUBT = new Failure('No answer', {}, true);

let run: Run;
beforeEach(() => (run = new Run()));

const carryOut = (item: number) => {
	const attempt = run.begin(item);
	attempt.noteSending();
	attempt.noteCarriedOut();
	run.end(item, attempt);
};

const fail = (item: number, failure: Failure) => {
	const attempt = run.begin(item);
	attempt.noteSending();
	attempt.noteFailure(failure);
	run.end(item, attempt);
};

/** What is told of the others, always as it is now. */
const stopAt = (item: number) => {
	const told: EffectCounts[] = [];
	run.stopAt(item, (others) => told.push(others));
	return () => told.at(-1);
};

it('tells what became of the others, also after the failure', () => {
	carryOut(0);
	fail(1, REFUSED);
	const told = stopAt(1);
	expect(told()).toEqual({ none: 0, unknown: 0, done: 1 });
	fail(2, IN_DOUBT);
	fail(3, REFUSED);
	carryOut(4);
	expect(told()).toEqual({ none: 1, unknown: 1, done: 2 });
});

it('tells the first item in order, which is the one that n8n shows', () => {
	fail(3, REFUSED);
	const third = stopAt(3);
	fail(1, IN_DOUBT);
	const first = stopAt(1);
	fail(2, REFUSED);
	stopAt(2);
	carryOut(0);
	expect(first()).toEqual({ none: 2, unknown: 0, done: 1 });
	// Told until an item before it failed, too
	expect(third()).toEqual({ none: 0, unknown: 1, done: 0 });
});

describe('a second attempt', () => {
	it('does not undo what the first did', () => {
		carryOut(0);
		fail(1, REFUSED);
		stopAt(1);
		fail(0, REFUSED);
		fail(1, REFUSED);
		expect(stopAt(1)()).toEqual({ none: 0, unknown: 0, done: 1 });
	});

	it('has a failure of its own', () => {
		fail(0, REFUSED);
		const before = stopAt(0);
		carryOut(0);
		fail(2, REFUSED);
		const told = stopAt(2);
		carryOut(1);
		expect(told()).toEqual({ none: 0, unknown: 0, done: 2 });
		expect(before()).toEqual({ none: 0, unknown: 0, done: 0 });
	});
});

it('a failure after ComplyCube carried it out does not undo that', () => {
	const attempt = run.begin(0);
	attempt.noteSending();
	attempt.noteCarriedOut();
	attempt.noteFailure(REFUSED);
	expect(attempt.effect).toBe('done');
});

it('is one for all items of a run, and another for the next', () => {
	const data = { node: {} } as IExecuteData;
	const node = (executeData: IExecuteData) => ({ getExecuteData: () => executeData });
	expect(runOf(node(data))).toBe(runOf(node(data)));
	expect(runOf(node({ ...data }))).not.toBe(runOf(node(data)));
});
