import { startProcessGroup, type ProcessGroup, type ProcessGroupOptions } from './processGroup.cts';
import { waitFor } from './waitFor.cts';

const START_TIMEOUT_MS = 120_000;
const TAIL_LINES = 30;

interface ServiceOptions extends ProcessGroupOptions {
	/** Its name in error messages. */
	name: string;
	/** Whether it can be used yet; called until it says so. */
	isReady: () => Promise<boolean>;
	/** Stops the start early. */
	signal?: AbortSignal;
}

/**
 * Starts a command that keeps running, and waits until it can be used. It ends when this process does.
 *
 * @param command Program to run, a path or a name looked up in `env.PATH`
 * @param args Its arguments
 * @throws Error with the end of its output when it does not start
 */
export async function startService(
	command: string,
	args: string[],
	{ name, isReady, signal, onOutput, ...options }: ServiceOptions,
): Promise<ProcessGroup> {
	signal?.throwIfAborted();
	let output = '';
	const service = startProcessGroup(command, args, {
		...options,
		onOutput: (text, stream) => {
			output += text;
			onOutput(text, stream);
		},
	});
	try {
		await waitUntilReady(name, service, isReady, signal);
	} catch (error) {
		await service.stop();
		signal?.throwIfAborted();
		const tail = output.trimEnd().split('\n').slice(-TAIL_LINES).join('\n');
		throw new Error(`${(error as Error).message}. The end of its log:\n${tail}`);
	}
	return service;
}

async function waitUntilReady(
	name: string,
	service: ProcessGroup,
	isReady: () => Promise<boolean>,
	signal?: AbortSignal,
): Promise<void> {
	let ended: number | undefined;
	service.ended.then(
		(code) => (ended = code),
		() => (ended = 1),
	);
	const isUp = async () => {
		signal?.throwIfAborted();
		if (ended !== undefined) {
			throw new Error(`${name} ended with exit code ${ended} while starting`);
		}
		return await isReady();
	};
	if (!(await waitFor(isUp, START_TIMEOUT_MS))) {
		throw new Error(`${name} was not ready within ${START_TIMEOUT_MS / 1000} s`);
	}
}
