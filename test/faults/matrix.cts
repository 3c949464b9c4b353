// Before all others, because n8n reads how to log when it is loaded
import { readLog } from '../built/debugLog.cts';
import { hurried } from '../engine/clock.cts';
import type { OnError } from '../built/engine.cts';
import { offeredOperations, rowOf, titleOf, type Operation } from '../operations/index.cts';
import { startSimulator } from '../../simulator/server.cts';
import { MODES, runCell, type Cell, type CellSeen } from './cell.cts';
import { startElsewhere } from './elsewhere.cts';
import { FAULTS, type Fault } from './faults.cts';
import { brokenRules, RULES } from './rules.cts';

/** Runs at the same time, each with a simulator of its own. */
const LANES = 6;

/** What is run: each operation with each of its faults, in every error mode. */
interface Suite {
	/** What its figure is called, e.g. `POST` */
	name: string;
	operations: Operation[];
	faultsOf: (operation: Operation) => Fault[];
	/** Formats the verdicts, besides the totals */
	format?: (verdicts: Verdict[]) => string;
}

/** The result of a run. */
interface Verdict {
	operation: string;
	fault: string;
	mode: OnError;
	apiKey: string;
	/** Of the struck item */
	requests: number;
	effects: number;
	succeeded: boolean;
	/** Of all items */
	sent: number;
	problems: string[];
}

function verdictOn(seen: CellSeen): Verdict {
	const { operation, fault, mode, apiKey, items } = seen;
	const item = items.find(({ struck, failures }) => struck && failures.length > 0);
	const { own, looks, effects, failures } = item ?? items.find(({ struck }) => struck)!;
	return {
		operation: titleOf(operation),
		fault: fault.name,
		mode,
		apiKey,
		requests: own.length + looks.length,
		effects,
		succeeded: failures.length === 0,
		sent: items.reduce((sum, { own, looks }) => sum + own.length + looks.length, 0),
		problems: brokenRules(seen),
	};
}

/** Runs a suite. @returns a verdict on each run, and what arrived at servers other than ComplyCube's */
async function runSuite({ operations, faultsOf }: Suite) {
	const cells = operations.flatMap((operation) =>
		faultsOf(operation).flatMap((fault) => MODES.map((mode): Cell => ({ operation, fault, mode }))),
	);
	const elsewhere = await startElsewhere();
	const verdicts: Verdict[] = [];
	const lane = async () => {
		const simulator = await startSimulator({ rateLimit: null, processingMs: 0 });
		for (let cell = cells.shift(); cell; cell = cells.shift()) {
			verdicts.push(verdictOn(await runCell(cell, simulator, elsewhere)));
		}
		await simulator.close();
	};
	// The shortest jitter: the unit tests check its length
	const jitter = jest.spyOn(Math, 'random').mockReturnValue(0);
	await hurried(async () => await Promise.all(Array.from({ length: LANES }, lane)));
	jitter.mockRestore();
	await elsewhere.close();
	return { verdicts, elsewhere: elsewhere.requests };
}

/** Formats the requests and effects of the struck item and how it ended, by mode where the modes differ. */
function cellText(verdicts: Verdict[]): string {
	const texts = MODES.map((mode) => verdicts.find((verdict) => verdict.mode === mode)!).map(
		({ requests, effects, succeeded }) => `${requests}/${effects}${succeeded ? '+' : '-'}`,
	);
	return new Set(texts).size === 1 ? texts[0] : texts.join('|');
}

/** Formats the matrix: a row for each operation, a column for each fault. */
function table(verdicts: Verdict[]): string {
	const faults = FAULTS.map(({ name }) => name);
	const operations = [...new Set(verdicts.map(({ operation }) => operation))].sort();
	const cells = operations.map((operation) =>
		faults.map((fault) =>
			cellText(
				verdicts.filter((verdict) => verdict.operation === operation && verdict.fault === fault),
			),
		),
	);
	const heads = faults.map((fault) => fault.split(' '));
	const widths = faults.map((_, column) =>
		Math.max(
			...heads[column].map((word) => word.length),
			...cells.map((row) => row[column].length),
		),
	);
	const first = Math.max(...operations.map((operation) => operation.length));
	const line = (name: string, texts: string[]) =>
		[name.padEnd(first), ...texts.map((text, column) => text.padStart(widths[column]))].join(' ');
	const height = Math.max(...heads.map((words) => words.length));
	return [
		...Array.from({ length: height }, (_, row) =>
			line(
				'',
				heads.map((words) => words[row - height + words.length] ?? ''),
			),
		),
		...operations.map((operation, row) => line(operation, cells[row])),
	].join('\n');
}

/** Formats how much was run, and how often each rule was broken. */
function totals(verdicts: Verdict[], seconds: number): string {
	const sum = (count: (verdict: Verdict) => number) =>
		verdicts.reduce((total, verdict) => total + count(verdict), 0);
	const counts = Object.keys(RULES).map(
		(rule) =>
			`${rule}: ${sum(({ problems }) => problems.filter((said) => said.startsWith(rule)).length)}`,
	);
	const operations = new Set(verdicts.map(({ operation }) => operation)).size;
	return (
		`${operations} operations, ${verdicts.length / MODES.length} faults of theirs x ${MODES.length} error modes = ` +
		`${verdicts.length} runs, ` +
		`${sum(({ sent }) => sent)} requests, ${Math.round(seconds)} s; ${counts.join(', ')}`
	);
}

/**
 * Declares a test of each operation of a suite, in which it runs with its faults in every error mode, and prints the figures.
 */
export function testSuite(suite: Suite): void {
	const { name, operations, faultsOf, format } = suite;
	let verdicts: Verdict[];
	let elsewhere: string[];

	beforeAll(async () => {
		const begin = performance.now();
		({ verdicts, elsewhere } = await runSuite(suite));
		const seconds = (performance.now() - begin) / 1000;
		const details = format ? `FAULTS ${name}: ${format(verdicts)}\n\n` : '';
		process.stdout.write(`\n${details}FIGURE faults ${name}: ${totals(verdicts, seconds)}\n`);
	}, 1_800_000);

	it.each(operations.map((operation) => [titleOf(operation), operation] as const))(
		'%s',
		(title, operation) => {
			const own = verdicts.filter((verdict) => verdict.operation === title);
			expect(own).toHaveLength(faultsOf(operation).length * MODES.length);
			expect(
				own.flatMap(({ fault, mode, problems }) =>
					problems.map((problem) => `${fault}, ${mode}: ${problem}`),
				),
			).toEqual([]);
		},
	);

	it('sends nothing to any other server', () => expect(elsewhere).toEqual([]));

	it('logs no key', async () => {
		const log = await readLog();
		expect(log).toContain('ComplyCube');
		expect(verdicts.filter(({ apiKey }) => log.includes(apiKey))).toEqual([]);
	});
}

/** Every operation of the built node, with its row. */
export const operations = offeredOperations.map((name): Operation => ({ ...name, ...rowOf(name) }));

/**
 * Declares a test of each operation with this method, in which it runs with every fault on the way to ComplyCube, and prints
 * the matrix.
 *
 * @param method of the operations' requests
 */
export const testMatrix = (method: Operation['method']): void =>
	testSuite({
		name: method,
		operations: operations.filter((operation) => operation.method === method),
		faultsOf: () => FAULTS,
		format: (verdicts) =>
			'requests/effects of the item that was struck, + if it succeeded, - if it failed; ' +
			`where they differ: ${MODES.join('|')}\n\n${table(verdicts)}`,
	});
