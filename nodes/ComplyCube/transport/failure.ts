import type { Failure as NodeFailure } from 'n8n-workflow';

/** What a failed item tells besides its sentence. Absent facts are left out. */
export interface FailureDetails {
	/** HTTP status as n8n writes it, e.g. "404", or the code of a broken connection, e.g. "ECONNRESET" */
	httpCode?: string;
	/** ComplyCube's machine-readable code, e.g. "resource_not_found" */
	type?: string;
	/** The request field that ComplyCube names, or the parameter that cannot be used */
	param?: string;
	/** The status of the object, e.g. "processing", where it was seen */
	status?: string;
	/** What the user can do about it */
	description?: string;
}

/**
 * Why a request failed, or why an item could not be sent at all, in words for the person who built the workflow.
 *
 * It travels through the pipeline as a value. Only the last step turns it into n8n's own error or error item.
 */
export class Failure {
	/**
	 * @param message what happened, one sentence
	 * @param details what to do (`description`) and the facts behind it
	 * @param doubtful whether ComplyCube may have carried out the request all the same
	 * @param cause why, for n8n's own use; only where the answer proves it
	 */
	constructor(
		readonly message: string,
		readonly details: FailureDetails = {},
		readonly doubtful = false,
		readonly cause?: NodeFailure,
	) {}

	/**
	 * The same failure with other advice.
	 *
	 * @param description what to do about it
	 */
	advising(description?: string): Failure {
		const details = { ...this.details, description };
		return new Failure(this.message, details, this.doubtful, this.cause);
	}

	/**
	 * The same failure, with other advice if ComplyCube may have carried out the request all the same.
	 *
	 * @param description what to do about it then
	 */
	advisingIfDoubtful(description: string): Failure {
		return this.doubtful ? this.advising(description) : this;
	}
}

/**
 * Tells whether ComplyCube itself says that there is no such object. A proxy or a wrong address may answer 404 too, but without
 * ComplyCube's error body (API page "Errors").
 *
 * @param result what came of a request
 */
export const isMissing = (result: unknown): boolean =>
	result instanceof Failure &&
	result.details.httpCode === '404' &&
	result.details.type !== undefined;
