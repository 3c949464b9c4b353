import { EventEmitter } from 'node:events';
import { EventMemory, followAnswer, memoryOf } from '../../nodes/ComplyCube/trigger/eventMemory';

const answer = (statusCode = 200) => ({ statusCode });

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
		const underWay = answer();
		memory.note(['e'], underWay);
		expect(memory.has('e')).toBe(true);
		underWay.statusCode = 503;
		expect(memory.has('e')).toBe(false);
		underWay.statusCode = 200;
		expect(memory.has('e')).toBe(true);
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
	});

	it('remembers all names of an event', () => {
		const memory = new EventMemory();
		memory.note(['e', 'check.completed c1 2026'], answer());
		expect(memory.has('check.completed c1 2026')).toBe(true);
		expect(memory.has('e')).toBe(true);
	});

	it('lets a refused event come again', () => {
		const memory = new EventMemory();
		memory.note(['e'], answer(503));
		memory.note(['e'], answer());
		expect(memory.has('e')).toBe(true);
	});

	it.each([
		[503, 200, true],
		[200, 503, false],
	])('takes no late word of %i for an event that came again: %i', (first, second, accepted) => {
		const memory = new EventMemory();
		const answers = [answer(), answer()];
		for (const each of answers) memory.note(['e'], each);
		answers[0].statusCode = first;
		expect(memory.has('e')).toBe(true);
		answers[1].statusCode = second;
		expect(memory.has('e')).toBe(accepted);
	});

	it('forgets what starts nothing, also when its answer is sent', () => {
		const memory = new EventMemory();
		const filteredOut = answer();
		memory.note(['e', 'f'], filteredOut);
		memory.note(['g'], answer());
		memory.forget(['e', 'f'], filteredOut);
		expect(['e', 'f', 'g'].map((name) => memory.has(name))).toEqual([false, false, true]);
	});

	it('keeps the newest 2,000', () => {
		const memory = new EventMemory();
		fill(memory, 2_500);
		const names = Array.from({ length: 2_500 }, (_, i) => `e${i}`);
		expect(names.filter((name) => memory.has(name))).toEqual(names.slice(500));
	});
});

describe('followAnswer', () => {
	/** A response object as far as it is followed. */
	const response = () => Object.assign(new EventEmitter(), { statusCode: 200 });

	it.each(['finish', 'prefinish'])('knows the status of an answer that was given: %s', (event) => {
		const underWay = response();
		const given = followAnswer(underWay);
		expect(given).toEqual({ statusCode: 200 });
		underWay.statusCode = 500;
		underWay.emit(event);
		expect(given).toEqual({ statusCode: 500 });
	});

	it('knows of a sender that hung up what n8n answers later', () => {
		const underWay = response();
		const given = followAnswer(underWay);
		underWay.emit('close');
		expect(given).toEqual({ statusCode: 200 });
		underWay.statusCode = 503;
		underWay.emit('prefinish');
		expect(given).toEqual({ statusCode: 503 });
	});

	it('keeps nothing of the response but its status', () => {
		expect(Object.keys(followAnswer(response()))).toEqual(['statusCode']);
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
	const filteredOut = answer();
	memory.note(['e'], filteredOut);
	memory.note(['e'], answer());
	memory.forget(['e'], filteredOut);
	expect(memory.has('e')).toBe(true);
});

it.each([
	[299, true],
	[300, false],
])('an answer of %i means accepted: %j', (status, accepted) => {
	const memory = new EventMemory();
	memory.note(['e'], answer(status));
	expect(memory.has('e')).toBe(accepted);
});
