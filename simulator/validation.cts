import { z } from 'zod';
import { invalidRequest, Refusal } from './errors.cts';
import { mergePatch } from './mergePatch.cts';

/** A text that is not empty. */
export const text = z.string().min(1);

/** Two-letter ISO country code. */
export const country = z.string().regex(/^[A-Z]{2}$/, 'a two-letter ISO country code is expected');

/** `YYYY-MM-DD`. */
export const date = z.string().date('a date as YYYY-MM-DD is expected');

function describeIssue(issue: z.ZodIssue, param: string): string {
	if (issue.code === 'invalid_type' && issue.received === 'undefined') {
		return `'${param}' must be provided`;
	}
	if (issue.code === 'invalid_enum_value') {
		return `'${param}' should be equal to one of the allowed values:${issue.options.join(', ')}`;
	}
	return `'${param}' is invalid: ${issue.message}`;
}

/** @throws {Refusal} Always: a 400 that names the field. */
export function refuse(message: string, param?: string): never {
	throw new Refusal(invalidRequest(message, param));
}

/**
 * @param body The parsed body of a request.
 * @returns The body as an object; an empty one when there is no body.
 * @throws {Refusal} When it is not an object.
 */
export function readObject(body: unknown = {}): Record<string, unknown> {
	const { success, data } = z.record(z.unknown()).safeParse(body);
	return success ? data : refuse('The request body should be a JSON object');
}

/**
 * @param body The parsed body of a request; a `null` in it counts as not given.
 * @returns The fields that the schema knows.
 * @throws {Refusal} Names the first invalid field, e.g. `personDetails.lastName`.
 */
export function parse<T extends z.ZodTypeAny>(schema: T, body: unknown): z.output<T> {
	const result = schema.safeParse(mergePatch({}, readObject(body)));
	if (result.success) return result.data;
	const [issue] = result.error.issues;
	const param = issue.path.filter((part) => typeof part === 'string').join('.');
	return refuse(describeIssue(issue, param), param);
}
