import type { Client } from './clients.cts';
import { newId } from './store.cts';

/** A date in a result. [Checks] */
interface StructuredDate {
	day: number;
	month: number;
	year: number;
}

/** A listed person who may be the client. [Validate check outcome] */
export interface Match {
	id: string;
	entityName: string;
}

/** The documented result; `breakdown` has only the parts that we know. */
export interface CheckResult {
	outcome: string;
	breakdown?: {
		summary?: Record<string, string>;
		matches?: Match[];
		extractedData?: Record<string, unknown>;
	};
}

const SCREENING = ['standard_screening_check', 'extensive_screening_check'];

export const isScreening = (type: string): boolean => SCREENING.includes(type);

function toStructuredDate(date: string): StructuredDate {
	const [year, month, day] = date.split('-').map(Number);
	return { day, month, year };
}

/** A standard screening does not cover adverse media. [AML Screening Check] */
function screeningBreakdown(
	type: string,
	outcome: string,
	entityName: string,
): CheckResult['breakdown'] {
	const otherLists = outcome === 'not_processed' ? outcome : 'clear';
	const summary = {
		watchlist: otherLists,
		pep: outcome,
		adverseMedia: type === 'standard_screening_check' ? 'not_processed' : otherLists,
		otherLists,
	};
	return outcome === 'attention'
		? { summary, matches: [{ id: newId(), entityName }] }
		: { summary };
}

/** With the attribute names that redaction uses. [Redact check outcome] */
function extractedDataOf({ personDetails }: Partial<Client>): Record<string, unknown> {
	const { firstName, lastName, gender, nationality, dob } = personDetails ?? {};
	return {
		...{ firstName, lastName, gender, nationality },
		dob: dob && toStructuredDate(dob),
		documentNumber: '123456789',
	};
}

/**
 * @param check Its type, and the name of the client.
 * @param client Whatever is known of the client.
 * @returns The result of a check with this outcome.
 */
export function resultOf(
	{ type, entityName }: { type: string; entityName: string },
	outcome: string,
	client: Partial<Client> = {},
): CheckResult {
	if (isScreening(type))
		return { outcome, breakdown: screeningBreakdown(type, outcome, entityName) };
	if (type !== 'document_check' || outcome === 'not_processed') return { outcome };
	return { outcome, breakdown: { extractedData: extractedDataOf(client) } };
}

/**
 * @param validations One for each match; undefined for a match not validated yet.
 * @returns The outcome of the screening. [Validate check outcome]
 */
export function screeningOutcome(validations: Array<string | undefined>): string {
	if (validations.includes('confirmed')) return 'match_confirmed';
	return validations.every((outcome) => outcome === 'rejected') ? 'clear' : 'attention';
}
