import { startSimulator } from '../simulator/server.cts';
import type { Service } from './side.cts';

/** Keys of the simulator, one for each that takes part: the node remembers refusals of a key. */
const KEYS = ['test_simulator_key_0001', 'test_simulator_key_0002'] as const;

export interface Simulated extends Service {
	close(): Promise<void>;
}

/**
 * Starts a simulator with what an account may have that no request makes: people, a list, workflow sessions.
 *
 * @param place Which one it is of the two that may be compared
 */
export async function startSimulated(place: 0 | 1): Promise<Simulated> {
	const simulator = await startSimulator({
		rateLimit: null,
		processingMs: 0,
		maxBodyBytes: 10 * 2 ** 20,
	});
	const { settings, teamMembers, customLists, workflowSessions } = simulator;
	teamMembers.seed();
	customLists.seed();
	const [toCancel, toComplete] = workflowSessions.seed([{}, {}]);
	workflowSessions.seed({ status: 'complete' });
	return {
		url: simulator.url,
		apiKey: KEYS[place],
		requestsPerSecond: 10_000,
		askAgainAfter: 0,
		known: { sessionToCancel: toCancel.id, sessionToComplete: toComplete.id },
		limitRate: () => {
			settings.rateLimit = { live: 10, test: 5 };
		},
		close: simulator.close,
	};
}
