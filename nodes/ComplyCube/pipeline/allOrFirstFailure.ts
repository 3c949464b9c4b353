import { Failure } from '../transport/failure';

/** The values of an object, none of which is a failure. */
type WithoutFailures<T> = { [Name in keyof T]: Exclude<T[Name], Failure> };

/**
 * Turns an object of values that may be failures into one that has none.
 *
 * @param values by name
 * @returns the same values, or the first failure among them
 */
export function allOrFirstFailure<T extends object>(values: T): WithoutFailures<T> | Failure {
	const failure = Object.values(values).find((value) => value instanceof Failure);
	return (failure as Failure | undefined) ?? (values as WithoutFailures<T>);
}
