import { parseArgs } from 'node:util';

import { startSimulator } from './server.cts';

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			port: { type: 'string', default: '4010' },
			host: { type: 'string', default: '127.0.0.1' },
		},
	});
	const simulator = await startSimulator({ port: Number(values.port), host: values.host });
	console.log(
		[
			`ComplyCube API simulator: ${simulator.url}`,
			`Admin endpoints:          ${simulator.origin}/admin`,
			`Keys:                     ${simulator.settings.keys.join(', ')}`,
			`Answered with 403:        ${simulator.settings.forbiddenKeys.join(', ')}`,
			`Answered with 402:        ${simulator.settings.noCreditKeys.join(', ')}`,
			'Stop with Ctrl-C.',
		].join('\n'),
	);

	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		process.once(signal, () => void simulator.close().then(() => process.exit(0)));
	}
}

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
