import { startProcessGroup } from './processGroup.cts';

/** npm ends some failures with its usage text; this many lines reach the error above it. */
const TAIL_LINES = 60;

/**
 * Environment variables that npm sets for the scripts it runs and that would mislead another npm: the project it is in,
 * and the settings of that project's .npmrc.
 */
const SET_BY_NPM =
	/^(INIT_CWD|npm_(lifecycle|package)_.*|npm_(command|execpath|node_execpath)|npm_config_(ignore_scripts|local_prefix|prefix|omit|include|production|global|dry_run|json|workspaces?|package_lock_only))$/;

/**
 * Runs npm in a folder as if it were typed there, even from within an npm script.
 *
 * @param args npm's arguments
 * @param cwd Folder to run in; it should hold a package.json
 * @param signal Stops npm early
 * @returns What npm wrote to standard output
 * @throws Error with the last lines of npm's output when npm fails; the signal's reason when it was stopped early
 */
export async function runNpm(args: string[], cwd: string, signal?: AbortSignal): Promise<string> {
	signal?.throwIfAborted();
	const env = Object.fromEntries(
		Object.entries(process.env).filter(([name]) => !SET_BY_NPM.test(name)),
	);
	let stdout = '';
	let everything = '';
	const npm = startProcessGroup('npm', args, {
		cwd,
		env,
		graceMs: 3_000,
		onOutput: (text, stream) => {
			if (stream === 'stdout') stdout += text;
			everything += text;
		},
	});
	const stop = () => void npm.stop();
	signal?.addEventListener('abort', stop);
	const code = await npm.ended.finally(() => signal?.removeEventListener('abort', stop));
	signal?.throwIfAborted();
	if (code !== 0) {
		const tail = everything.trimEnd().split('\n').slice(-TAIL_LINES).join('\n');
		throw new Error(`npm ${args.join(' ')} failed with exit code ${code}:\n${tail}`);
	}
	return stdout;
}
