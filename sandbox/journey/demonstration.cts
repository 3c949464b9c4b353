import type { N8nInstance } from '../n8n/n8nInstance.cts';

/** Something to show in a running n8n to the person at the terminal. */
export interface Demonstration {
	/** n8n's data folder. If it is missing, n8n gets a temporary one. */
	userFolder?: string;
	/**
	 * Runs the demonstration and prints what happens.
	 *
	 * @param n8n Its client has to be logged in
	 * @param signal Stops it early
	 * @returns Whether it succeeded, and lines to print about what to try next
	 */
	run(
		n8n: N8nInstance,
		signal: AbortSignal,
	): Promise<{ succeeded: boolean; instructions: string[] }>;
	/** Stops the servers that n8n was connected to. */
	close(): Promise<void>;
}
