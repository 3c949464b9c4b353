import type { N8nInstance } from '../n8n/n8nInstance.cts';

/** Something that a running n8n shows to the person at the terminal. */
export interface Demonstration {
	/** n8n's data folder; undefined for one that is removed afterwards. */
	userFolder?: string;
	/**
	 * Shows it, in an n8n that the client is logged in to, and tells about it in the terminal.
	 *
	 * @param signal Ends it early
	 * @returns Whether it went well, and lines about how to go on by hand
	 */
	run(
		n8n: N8nInstance,
		signal: AbortSignal,
	): Promise<{ succeeded: boolean; instructions: string[] }>;
	/** Ends what n8n was connected to. */
	close(): Promise<void>;
}
