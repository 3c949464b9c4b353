import { inspect } from 'node:util';
import { NodeApiError, type INode } from 'n8n-workflow';
import { HURRY } from '../engine/clock.cts';
import { isFailure, kindOf, type CellSeen, type FailureSeen, type ItemSeen } from './cell.cts';

/** Lists what is wrong with a run. */
type Rule = (cell: CellSeen) => string[];

const changes = ({ operation }: CellSeen) => kindOf(operation) === 'changes';

/** Whether the item has to succeed: by the fault, or by what really happened if the node can find that out. */
function shouldSucceed({ fault, operation }: CellSeen, { struck, effects }: ItemSeen): boolean {
	if (!struck || fault.ends === 'succeeds') return true;
	const findsOut = operation.looks && !fault.strikesLooks;
	return fault.ends === 'inDoubt' && findsOut === true && effects > 0;
}

/** Whether the run says how the item ended: a node that stops says so of one item only. */
const isReported = ({ run }: CellSeen, { failures }: ItemSeen) => !run.error || failures.length > 0;

/** Whether n8n had stopped before it: then nothing of it is sent. */
const isBehindStop = (cell: CellSeen, { index }: ItemSeen) =>
	changes(cell) && index > Number(cell.run.error?.context?.itemIndex ?? Infinity);

/** Makes a rule of a check of each item, which returns what is wrong with it. */
const each = (say: (cell: CellSeen, item: ItemSeen) => string | false | undefined): Rule => {
	return (cell) =>
		cell.items.flatMap((item) => {
			const said = say(cell, item);
			return said ? [`item ${item.index}: ${said}`] : [];
		});
};

const eachFailure = (
	say: (cell: CellSeen, item: ItemSeen, failure: FailureSeen) => string | false,
) =>
	each((cell, item) =>
		item.failures
			.map((failure) => say(cell, item, failure))
			.filter(Boolean)
			.join('; '),
	);

/** The start of an instruction, or the assurance that none is needed. */
const ADVICE =
	/(^|[.:;,] )(before you run|check|correct|enter|let|look|open|run|see|use)\b|\bit is safe to run\b/i;
const SAYS_WHETHER_TO_REPEAT = /safe to run( this item)? again|before you run this item again/i;
const SAYS_SAFE = /safe to run( this item)? again/i;
const SAYS_UNTOUCHED =
	/nothing was (done|sent)|has not been changed|was not (cancelled|completed|deleted|sent)/i;
/** How a description speaks of other items: which were carried out, which may have been, how many were not sent. */
const SAYS_OTHERS = /\d+ other items? of this run/;
const SAYS_DONE = /(?:was|were) carried out \(items? (?<items>[\d, andto]+)\)/;
const SAYS_UNKNOWN = /may have been carried out \(items? (?<items>[\d, andto]+)\)/;
const SAYS_UNSENT = /(?<count>\d+)(?: other items? of this run)? (?:was|were) not sent/;

/** Reads "0 to 2 and 4". */
const indexesIn = (text = '') =>
	text
		.split(/, | and /)
		.filter(Boolean)
		.flatMap((range) => {
			const [first, last = first] = range.split(' to ').map(Number);
			return Array.from({ length: last! - first! + 1 }, (_, i) => first! + i);
		});

/** The part of a description that is about its own item. */
const ownAdvice = ({ description }: FailureSeen) =>
	description.slice(0, SAYS_OTHERS.exec(description)?.index).trim();

/** Whether the text is the general one that n8n uses for a status. */
function isGeneric({ message, description, httpCode }: FailureSeen): boolean {
	const plain = new NodeApiError({} as INode, { httpCode: httpCode ?? null });
	return [plain.message, plain.description].some(
		(text) => text && [message, description].includes(text),
	);
}

const LONGEST_MESSAGE = 600;

const textOf = ({ run }: CellSeen): string =>
	JSON.stringify(run) +
	inspect(run, { depth: Infinity, maxArrayLength: Infinity, maxStringLength: Infinity });

/** Rules by the name of what must never happen. */
export const RULES: Record<string, Rule> = {
	'repeated effect': each((_, { effects }) => effects > 1 && `${effects} effects`),

	'sent after the stop': each(
		(cell, item) =>
			isBehindStop(cell, item) && item.own.length > 0 && `${item.own.length} requests`,
	),

	'fault not applied': each((cell, item) => {
		const { fault } = cell;
		const { struck, own } = item;
		if (isBehindStop(cell, item)) return false;
		// On a busy machine the timeout may pass before the request arrives
		const isSure = struck && fault.spec !== undefined && !fault.timeout;
		return isSure && !own.some((request) => request.fault) && `${own.length} requests without it`;
	}),

	'wrong number of requests': each((cell, item) => {
		const { fault, operation } = cell;
		const { struck, own, effects } = item;
		if (isBehindStop(cell, item)) return false;
		const expected = fault.sent[kindOf(operation)];
		const [least, most] = struck ? expected : [1, 1];
		// On a busy machine the timeout may pass before the request arrives
		const enough = own.length >= (fault.timeout ? 0 : least);
		return (!enough || own.length > most) && `${own.length} requests, ${effects} effects`;
	}),

	'request about no item': ({ strays }) => strays.map(({ method, path }) => `${method} ${path}`),

	'effect other than reported': each((cell, item) => {
		const { struck, effects, failures } = item;
		if (!changes(cell)) return effects > 0 && 'a read had an effect';
		if (isBehindStop(cell, item)) return effects > 0 && `${effects} effects after the stop`;
		const { fault, run } = cell;
		const unharmed = !struck || (!run.error && failures.length === 0);
		if (unharmed) return effects !== 1 && `${effects} effects of a success`;
		return fault.ends === 'fails' && effects > 0 && `${effects} effects of a refusal`;
	}),

	'came back too early': each(({ fault: { retryAfter } }, { struck, own }) => {
		if (!retryAfter || !struck) return false;
		const waited = (own[1]?.arrivedAt - own[0]?.arrivedAt) * HURRY;
		return !(waited > retryAfter * 0.9) && `after ${waited} of ${retryAfter} ms`;
	}),

	'lost item': each(({ run, items }, { results, failures }) => {
		if (run.error) {
			if (items.length === 1) return failures.length !== 1 && `${failures.length} failures`;
			const named = /\[item (\d)\]$/.exec(run.error.message)?.[1];
			return Number(named) !== run.error.context?.itemIndex && `error of item ${named}`;
		}
		const count = results.length + failures.length;
		return count !== 1 && `${count} items came out`;
	}),

	'unpaired item': ({ run, items }) => {
		const known = items.flatMap(({ results, failures }) => [...results, ...failures]).length;
		const out = run.items.length + run.errorItems.length;
		return run.error || known === out ? [] : [`${out} items came out, ${known} are paired`];
	},

	'wrong pairing': each(({ mode, run, operation, items }, { index, id, results }) => {
		const others = items.filter((other) => other.index !== index);
		const text = JSON.stringify(results.map(({ json }) => json));
		const failed = run.errorItems.filter(
			({ pairedItem }) => (pairedItem as { item: number })?.item === index,
		);
		if (others.some((other) => text.includes(other.id))) return 'the output is about another item';
		if (results.length > 0 && !operation.anonymous && !text.includes(id)) {
			return 'the output is not about the item';
		}
		return (
			mode === 'continueErrorOutput' &&
			failed.some(({ json }) => json.id !== id) &&
			'the error item lacks the fields of its input'
		);
	}),

	'unexpected end': each((cell, item) => {
		if (!isReported(cell, item)) return false;
		const should = shouldSucceed(cell, item);
		const does = item.failures.length === 0;
		return should !== does && `it ${does ? 'succeeded' : `failed: ${item.failures[0].message}`}`;
	}),

	'on the wrong output': ({ mode, run }) => {
		const regular = run.items.filter(isFailure).length;
		const wrong = {
			stopWorkflow: run.error ? run.items.length + run.errorItems.length : regular,
			continueRegularOutput: run.errorItems.length,
			continueErrorOutput: regular,
		}[mode];
		return wrong > 0 ? [`${wrong} items`] : [];
	},

	'leaked key': (cell) => (textOf(cell).includes(cell.apiKey) ? ['in the run'] : []),

	'message without advice': eachFailure((cell, _item, failure) => {
		const { message, description } = failure;
		if (!message.trim() || message.length > LONGEST_MESSAGE || message.includes('\n')) {
			return `message: ${message.slice(0, LONGEST_MESSAGE)}`;
		}
		if (isGeneric(failure)) return `n8n's general text: ${message} ${description}`;
		const { fault } = cell;
		const advice = ownAdvice(failure);
		if (!advice.endsWith('.') || !ADVICE.test(advice)) return `description: ${advice}`;
		const doubtful = changes(cell) && fault.ends === 'inDoubt';
		if (doubtful && !SAYS_WHETHER_TO_REPEAT.test(advice)) return `no word on a repeat: ${advice}`;
		return false;
	}),

	'others told otherwise than it was': eachFailure((cell, item, { description }) => {
		const done = indexesIn(SAYS_DONE.exec(description)?.groups?.items);
		const unknown = indexesIn(SAYS_UNKNOWN.exec(description)?.groups?.items);
		const unsent = Number(SAYS_UNSENT.exec(description)?.groups?.count ?? 0);
		const others = cell.items.filter((other) => other !== item);
		if (!changes(cell) || cell.mode !== 'stopWorkflow') {
			return SAYS_OTHERS.test(description) && `it speaks of others: ${description}`;
		}
		const had = others.filter(({ effects }) => effects > 0).map(({ index }) => index);
		const fits =
			done.every((index) => had.includes(index)) &&
			had.every((index) => [...done, ...unknown].includes(index)) &&
			unsent === others.filter(({ own }) => own.length === 0).length;
		return !fits && `${had.join()} of the others took effect, and it says: ${description}`;
	}),

	'untrue message': eachFailure(({ operation }, { effects }, failure) => {
		if (effects === 0) return false;
		const said = `${failure.message} ${ownAdvice(failure)}`;
		const wrong = SAYS_UNTOUCHED.test(said) || (SAYS_SAFE.test(said) && !operation.repeatable);
		return wrong && `it took effect, but said: ${said}`;
	}),
};

/** Lists the rules that the run broke, e.g. "lost item: 2 items came out". */
export const brokenRules = (cell: CellSeen): string[] =>
	Object.entries(RULES).flatMap(([name, rule]) => rule(cell).map((said) => `${name}: ${said}`));
