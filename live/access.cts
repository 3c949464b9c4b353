/** Where ComplyCube lives. Test keys and live keys go to the same place. [Test and Live] */
export const COMPLYCUBE_URL = 'https://api.complycube.com/v1';

/**
 * Takes the key out of the environment, so that no child process can see it.
 *
 * @returns The key; undefined if there is none
 * @throws If it is no test key: with any other, calls would be charged
 */
export function takeTestKey(environment: NodeJS.ProcessEnv): string | undefined {
	const key = environment.COMPLYCUBE_API_KEY?.trim();
	delete environment.COMPLYCUBE_API_KEY;
	if (!key) return undefined;
	if (!/^test_\S+$/.test(key)) {
		throw new Error(
			'COMPLYCUBE_API_KEY is no test key: those start with test_. Nothing was sent to ComplyCube.',
		);
	}
	return key;
}
