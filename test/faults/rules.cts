import { inspect } from 'node:util';
import { NodeApiError, type INode } from 'n8n-workflow';
import { HURRY } from '../engine/clock.cts';
import { isFailure, kindOf, type CellSeen, type FailureSeen, type ItemSeen } from './cell.cts';

/** What is wrong with a run, in words; nothing if all is well. */
type Rule = (cell: CellSeen) => string[];

const changes = ({ operation }: CellSeen) => kindOf(operation) === 'changes';

/** Whether the item is to succeed: as the fault says, or, if the node can find out what became of it, as it was. */
function shouldSucceed({ fault, operation }: CellSeen, { struck, effects }: ItemSeen): boolean {
	if (!struck || fault.ends === 'succeeds') return true;
	const findsOut = operation.looks && !fault.strikesLooks;
	return fault.ends === 'inDoubt' && findsOut === true && effects > 0;
}

/** If the node stopped, nothing is known of the items that did not stop it. */
const isTold = ({ run }: CellSeen, { failures }: ItemSeen) => !run.error || failures.length > 0;

/** For each item that breaks a rule, what to say. */
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

/** How an instruction begins, or the assurance that there is nothing to look after. */
const ADVICE =
	/(^|[.:;,] )(before you run|check|correct|enter|look|open|run|see|use)\b|\bit is safe to run\b/i;
const SAYS_WHETHER_TO_REPEAT = /safe to run( this item)? again|before you run this item again/i;
const SAYS_SAFE = /safe to run( this item)? again/i;
const SAYS_UNTOUCHED =
	/nothing was (done|sent)|has not been changed|was not (cancelled|completed|deleted|sent)/i;
/** How a description begins to speak of other items: how many were carried out, how many may have been. */
const SAYS_OTHERS =
	/(?:(?<done>\d+) other items? of this run (?:was|were) carried out)?(?:, and )?(?:(?<unknown>\d+)(?: other items? of this run)? may have been)?(?: carried out)?, and n8n discards/;

/** What a description says of its own item. */
const own = ({ description }: FailureSeen) =>
	description.slice(0, SAYS_OTHERS.exec(description)?.index).trim();

/** What n8n says by itself when it is not told anything better. */
function isGeneric({ message, description, httpCode }: FailureSeen): boolean {
	const plain = new NodeApiError({} as INode, { httpCode: httpCode ?? null });
	return [plain.message, plain.description].some(
		(text) => text && [message, description].includes(text),
	);
}

const LONGEST_MESSAGE = 600;

const everythingOf = ({ run }: CellSeen): string =>
	JSON.stringify(run) +
	inspect(run, { depth: Infinity, maxArrayLength: Infinity, maxStringLength: Infinity });

/** By the name of what is never to happen. */
export const RULES: Record<string, Rule> = {
	'repeated effect': each((_, { effects }) => effects > 1 && `${effects} effects`),

	'sent too often or too seldom': each(({ fault, operation }, { struck, own, effects }) => {
		const expected = fault.sent[kindOf(operation)];
		const [least, most] = struck ? expected : [1, 1];
		// Silence may begin before the request arrives, if the machine is busy
		const enough = own.length >= (fault.timeout ? 0 : least);
		return (!enough || own.length > most) && `${own.length} requests, ${effects} effects`;
	}),

	'effect that is not as told': each((cell, { struck, effects, failures }) => {
		if (!changes(cell)) return effects > 0 && 'it only reads';
		const { fault, run } = cell;
		const unharmed = !struck || (!run.error && failures.length === 0);
		if (unharmed) return effects !== 1 && `${effects} effects of what went well`;
		return fault.ends === 'fails' && effects > 0 && `${effects} effects of what was refused`;
	}),

	'came back too early': each(({ fault: { retryAfter } }, { struck, own }) => {
		if (!retryAfter || !struck) return false;
		const waited = (own[1]?.arrivedAt - own[0]?.arrivedAt) * HURRY;
		return !(waited > retryAfter * 0.9) && `after ${waited} of ${retryAfter} ms`;
	}),

	'lost item': each(({ run }, { results, failures }) => {
		if (run.error) {
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
			'the error item has not the fields of its input'
		);
	}),

	'other end than expected': each((cell, item) => {
		if (!isTold(cell, item)) return false;
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

	'leaked key': (cell) => (everythingOf(cell).includes(cell.apiKey) ? ['in the run'] : []),

	'message without advice': eachFailure((cell, _item, failure) => {
		const { message, description } = failure;
		if (!message.trim() || message.length > LONGEST_MESSAGE || message.includes('\n')) {
			return `message: ${message.slice(0, LONGEST_MESSAGE)}`;
		}
		if (isGeneric(failure)) return `n8n's own words: ${message} ${description}`;
		const { fault } = cell;
		const advice = own(failure);
		if (!advice.endsWith('.') || !ADVICE.test(advice)) return `description: ${advice}`;
		const doubtful = changes(cell) && fault.ends === 'inDoubt';
		if (doubtful && !SAYS_WHETHER_TO_REPEAT.test(advice)) return `no word on a repeat: ${advice}`;
		return false;
	}),

	'others told otherwise than it was': eachFailure((cell, item, { description }) => {
		const { done = '0', unknown = '0' } = SAYS_OTHERS.exec(description)?.groups ?? {};
		const others = cell.items.filter((other) => other !== item);
		const isTold = changes(cell) && cell.mode === 'stopWorkflow';
		const effects = isTold ? others.filter((other) => other.effects > 0).length : 0;
		const sound = others.filter(({ struck }) => !struck).length;
		const least = isTold ? Math.min(effects, sound) : 0;
		const [certain, possible] = [Number(done), Number(done) + Number(unknown)];
		const fits = certain >= least && certain <= effects && possible >= effects;
		return !fits && `${effects} others took effect, and it says: ${description}`;
	}),

	'untrue message': eachFailure(({ operation }, { effects }, failure) => {
		if (effects === 0) return false;
		const said = `${failure.message} ${own(failure)}`;
		const wrong = SAYS_UNTOUCHED.test(said) || (SAYS_SAFE.test(said) && !operation.repeatable);
		return wrong && `it took effect, and yet: ${said}`;
	}),
};

/** Every rule that the run broke, as "rule: what". */
export const broken = (cell: CellSeen): string[] =>
	Object.entries(RULES).flatMap(([name, rule]) => rule(cell).map((said) => `${name}: ${said}`));
