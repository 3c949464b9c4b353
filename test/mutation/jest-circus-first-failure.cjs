const { default: runFile } = require('jest-circus/runner');

/** What each test file gives when it is left out: its tests, none of them run. */
const leftOut = new Map();

/** The last mutant that a test failed for. */
let killed;

/**
 * Runs a test file as Jest does, but no more of it than it takes to know whether a mutant survives: no file without a test
 * that reaches the mutant, and nothing after the first failure. Stryker leaves both to its test runner, and Jest can do
 * neither when a program starts it.
 */
module.exports = async (globalConfig, config, environment, runtime, path, ...others) => {
	const mutant = process.env.__STRYKER_ACTIVE_MUTANT__;
	const isOver = () => mutant !== undefined && mutant === killed;
	const reaching = new RegExp(globalConfig.testNamePattern ?? '', 'i');

	const known = leftOut.get(path);
	const isReached = () => known.testResults.some(({ fullName }) => reaching.test(fullName));
	if (known && (isOver() || !isReached())) return known;

	const handle = environment.handleTestEvent?.bind(environment);
	environment.handleTestEvent = async (event, state) => {
		if (event.name === 'test_start' && isOver()) event.test.mode = 'skip';
		if (event.name === 'test_done' && event.test.errors.length > 0) killed = mutant;
		await handle?.(event, state);
	};
	const result = await runFile(globalConfig, config, environment, runtime, path, ...others);
	const testResults = result.testResults.map((test) => ({ ...test, status: 'pending' }));
	leftOut.set(path, { ...result, testExecError: undefined, testResults });
	return result;
};
