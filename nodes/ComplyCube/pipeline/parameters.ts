import type { IDataObject, IExecutePaginationFunctions } from 'n8n-workflow';
import { Failure } from '../transport/failure';
import { filledPath } from '../transport/pathSegment';
import { isBlank } from '../values/blank';
import { choiceFrom, type Choice } from '../values/choice';
import { labelOf } from '../values/label';
import { booleanFrom, numberFrom } from '../values/scalar';
import { Unreadable } from '../values/unreadable';
import { invalidValue } from './body';
import { fieldsToKeep } from './output';
import type { Polling, Wait } from './polling';
import type { PathField } from './sentFields';

/** In ms, as in ComplyCube's own client; n8n's default would be 300 s. */
const DEFAULT_TIMEOUT = 60_000;

/**
 * What the user entered for one item, checked.
 */
export class Parameters {
	/** Each ID is evaluated once, because an expression is the most expensive part of an item. */
	private readonly ids = new Map<string, unknown>();

	/**
	 * @param node the node's `this`, for the item at hand
	 * @param pathFields the fields that can be in the path, by parameter
	 * @param outputFields what 'Fields' offers
	 */
	constructor(
		private readonly node: IExecutePaginationFunctions,
		private readonly pathFields: ReadonlyMap<string, PathField> = new Map(),
		private readonly outputFields: Choice[] = [],
	) {}

	/** An ID as the user entered it. */
	id(parameter: string): unknown {
		if (!this.ids.has(parameter)) {
			const id = this.node.getNodeParameter(parameter, undefined, { extractValue: true });
			// A value picked from a list keeps its shape when the user changes to an operation with a plain field of that name
			const picked = id as { __rl?: boolean; value?: unknown } | undefined;
			this.ids.set(parameter, picked?.__rl ? picked.value : id);
		}
		return this.ids.get(parameter);
	}

	/** The parameter in a path: an ID, or a value that must be among its choices. */
	private chosen(parameter: string): unknown {
		const value = this.id(parameter);
		const { label = labelOf(parameter), choices } = this.pathFields.get(parameter) ?? {};
		const choice = choices && !isBlank(value) ? choiceFrom(value, choices, false) : value;
		return choice instanceof Unreadable
			? invalidValue(parameter, `'${label}' ${choice.problem}`, choice.advice)
			: choice;
	}

	/** A path with its `:name` places filled, or why an ID does not fit. */
	path(template: string): string | Failure {
		let wrong: Failure | undefined;
		const valueOf = (parameter: string) => {
			const value = this.chosen(parameter);
			if (value instanceof Failure) wrong ??= value;
			return value instanceof Failure ? '' : value;
		};
		const path = filledPath(template, valueOf, (parameter) => this.pathFields.get(parameter));
		return wrong ?? path;
	}

	/** 'Return All' and 'Limit': most objects to return, Infinity for all. */
	limit(): number | Failure {
		const returnAll = this.switch(
			'returnAll',
			'Return All',
			this.node.getNodeParameter('returnAll', false),
		);
		if (returnAll instanceof Failure) return returnAll;
		if (returnAll) return Infinity;
		const entered = numberFrom(this.node.getNodeParameter('limit', 50));
		const limit = entered instanceof Unreadable ? NaN : Math.floor(entered);
		return limit >= 1
			? limit
			: new Failure("The 'Limit' parameter is not a number of at least 1", {
					param: 'limit',
					description: "Enter how many results to return, or turn on 'Return All'.",
				});
	}

	/** An ID that the reply leaves out, as the output shows it; undefined if the reply has it. */
	trimmedId(parameter: string | undefined): string | undefined {
		return parameter && String(this.id(parameter)).trim();
	}

	/** 'Wait for Outcome' and 'Max Wait'; undefined not to wait. */
	wait(polling: Polling | undefined): Wait | undefined | Failure {
		if (!polling) return undefined;
		const { waitForOutcome = false, maxWait = 10 } = this.node.getNodeParameter(
			'options',
			{},
		) as IDataObject;
		const waits = this.switch('waitForOutcome', 'Wait for Outcome', waitForOutcome);
		if (waits instanceof Failure) return waits;
		if (!waits) return undefined;
		const minutes = numberFrom(maxWait);
		if (minutes instanceof Unreadable || minutes <= 0) {
			return new Failure("The 'Max Wait' option is not a number of minutes above 0", {
				param: 'maxWait',
				description: 'Nothing was sent for this item.',
			});
		}
		const path = this.path(polling.getPath);
		return path instanceof Failure ? path : { ...polling, path, minutes };
	}

	private switch(parameter: string, label: string, value: unknown): boolean | Failure {
		const isOn = booleanFrom(value);
		return isOn instanceof Unreadable
			? invalidValue(parameter, `'${label}' ${isOn.problem}`, isOn.advice)
			: isOn;
	}

	/** 'Split Into Items': whether each entry becomes an item. */
	splits(): boolean | Failure {
		const splits = this.node.getNodeParameter('splitIntoItems', true);
		return this.switch('splitIntoItems', 'Split Into Items', splits);
	}

	/** 'Output' and 'Fields': the fields to keep, undefined for all. */
	fields(simplified: string[] | undefined): string[] | undefined | Failure {
		if (!simplified) return undefined;
		return fieldsToKeep(
			this.node.getNodeParameter('output', 'raw'),
			simplified,
			this.node.getNodeParameter('fields', []),
			this.outputFields,
		);
	}

	/** How long to wait for an answer, in ms; NaN if the field holds something else. 0 and an empty field mean the default. */
	timeout(): number {
		const timeout = this.node.getNodeParameter('requestOptions.timeout', DEFAULT_TIMEOUT) ?? 0;
		const ms = ['number', 'string'].includes(typeof timeout) ? Number(timeout) : NaN;
		return ms === 0 ? DEFAULT_TIMEOUT : ms;
	}
}
