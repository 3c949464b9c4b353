import { EventMemory, memoryOf } from '../../nodes/ComplyCube/trigger/eventMemory';

const answer = (statusCode = 200, writableFinished = true) => ({ statusCode, writableFinished });

/** Notes `count` events with names from 0 on. */
function fill(memory: EventMemory, count: number) {
	for (let i = 0; i < count; i++) memory.note([`e${i}`], answer());
}

describe('EventMemory', () => {
	it('knows nothing of an event that did not come', () => {
		expect(new EventMemory().has('e')).toBe(false);
	});

	it('follows the answer while it is under way', () => {
		const memory = new EventMemory();
		const underWay = answer(200, false);
		memory.note(['e'], underWay);
		expect([memory.has('e'), memory.accepted()]).toEqual([true, []]);
		underWay.statusCode = 503;
		expect(memory.has('e')).toBe(false);
		Object.assign(underWay, answer());
		expect([memory.has('e'), memory.accepted()]).toEqual([true, ['e']]);
	});

	it.each([
		[200, true],
		[204, true],
		[401, false],
		[500, false],
		[503, false],
	])('takes status %i for accepted: %j', (status, accepted) => {
		const memory = new EventMemory();
		memory.note(['e'], answer(status));
		expect(memory.has('e')).toBe(accepted);
		expect(memory.accepted()).toEqual(accepted ? ['e'] : []);
	});

	it('remembers all names of an event', () => {
		const memory = new EventMemory();
		memory.note(['e', 'check.completed c1 2026'], answer());
		expect(memory.has('check.completed c1 2026')).toBe(true);
		memory.note([], answer());
		expect(memory.accepted()).toEqual(['e', 'check.completed c1 2026']);
	});

	it('lets a refused event come again', () => {
		const memory = new EventMemory();
		memory.note(['e'], answer(503));
		memory.note(['e'], answer());
		expect(memory.has('e')).toBe(true);
	});

	it('keeps what an answer was when it was sent', () => {
		const memory = new EventMemory();
		const underWay = answer(200, false);
		memory.note(['e', 'f'], underWay);
		memory.settle(['e', 'f'], underWay);
		expect(memory.accepted()).toEqual(['e', 'f']);
		underWay.statusCode = 500;
		expect(memory.accepted()).toEqual(['e', 'f']);
	});

	it.each([
		[503, 200, true],
		[200, 503, false],
	])('takes no late word of %i for an event that came again: %i', (first, second, accepted) => {
		const memory = new EventMemory();
		const answers = [answer(first, false), answer(second, false)];
		for (const each of answers) memory.note(['e'], each);
		memory.settle(['e'], answers[0]);
		expect([memory.has('e'), memory.accepted()]).toEqual([accepted, []]);
		memory.settle(['e'], answers[1]);
		expect([memory.has('e'), memory.accepted()]).toEqual([accepted, accepted ? ['e'] : []]);
		memory.settle(['e'], answers[0]);
		expect(memory.has('e')).toBe(accepted);
	});

	it('forgets what starts nothing, also when its answer is sent', () => {
		const memory = new EventMemory();
		const filteredOut = answer(200, false);
		memory.note(['e', 'f'], filteredOut);
		memory.note(['g'], answer());
		memory.forget(['e', 'f'], filteredOut);
		memory.settle(['e', 'f'], filteredOut);
		expect(memory.has('e')).toBe(false);
		expect(memory.accepted()).toEqual(['g']);
	});

	it('keeps the newest 2,000, in their order', () => {
		const memory = new EventMemory();
		fill(memory, 2_500);
		expect([memory.has('e499'), memory.has('e500')]).toEqual([false, true]);
		expect(memory.accepted()).toEqual(Array.from({ length: 2_000 }, (_, i) => `e${i + 500}`));
	});
});

describe('memoryOf', () => {
	it('is one for each trigger', () => {
		memoryOf('a').note(['e'], answer());
		expect(memoryOf('a').has('e')).toBe(true);
		expect(memoryOf('b').has('e')).toBe(false);
	});

	it('keeps the 100 triggers used last', () => {
		memoryOf('often').note(['e'], answer());
		memoryOf('once').note(['e'], answer());
		for (let i = 0; i < 99; i++) {
			memoryOf(`trigger${i}`);
			memoryOf('often');
		}
		expect(memoryOf('often').has('e')).toBe(true);
		expect(memoryOf('once').has('e')).toBe(false);
	});
});

it('forgets nothing of an event that was delivered again meanwhile: it would start a second run', () => {
	const memory = new EventMemory();
	const filteredOut = answer(200, false);
	memory.note(['e'], filteredOut);
	memory.note(['e'], answer());
	memory.forget(['e'], filteredOut);
	expect(memory.has('e')).toBe(true);
	expect(memory.accepted()).toEqual(['e']);
});

it.each([
	[299, true],
	[300, false],
])('an answer of %i means accepted: %j', (status, accepted) => {
	const memory = new EventMemory();
	memory.note(['e'], answer(status));
	expect(memory.has('e')).toBe(accepted);
	expect(memory.accepted()).toHaveLength(accepted ? 1 : 0);
});
