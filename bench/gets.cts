import { startSimulator } from '../simulator/server.cts';
import { CONTENDERS, type ContenderName } from './contenders.cts';
import type { Findings, Scale } from './part.cts';
import { median, takeTurns } from './statistics.cts';

const NAMES = Object.keys(CONTENDERS) as ContenderName[];

/** How often to repeat small runs: they are so short that a single one says little. */
const REPETITIONS: Record<number, number> = { 1: 10, 100: 3 };

const WARM_UP = 100;

const perItem = (ms: number) => `${ms.toFixed(2)} ms`;
const megabytes = (kilobytes: number) => `${Math.round(kilobytes / 1024)} MB`;

/** Measures Gets of workflow sessions without a limit: time per item, how it grows with the number of items, and memory. */
export async function measureGets({ rounds, sizes, judgesTimes }: Scale): Promise<Findings> {
	const simulator = await startSimulator({ rateLimit: null });
	const largest = Math.max(...sizes);
	const ids = simulator.workflowSessions.seed({ count: largest }).map(({ id }) => id);
	/** ms per item in each round. */
	const times = Object.fromEntries(
		NAMES.map((name) => [name, new Map(sizes.map((size) => [size, [] as number[]]))]),
	);
	/** The longest time in which n8n answered no other request in each round, in ms. */
	const silences = Object.fromEntries(NAMES.map((name) => [name, [] as number[]]));
	const peaks = Object.fromEntries(NAMES.map((name) => [name, [] as number[]]));
	const problems: string[] = [];

	await takeTurns(rounds, NAMES, async (name) => {
		const contender = await CONTENDERS[name](simulator);
		await contender.get(ids.slice(0, WARM_UP));
		for (const size of sizes) {
			const perRun: number[] = [];
			for (let time = 0; time < (REPETITIONS[size] ?? 1); time++) {
				const { ms, failed, silence } = await contender.get(ids.slice(0, size));
				if (failed) problems.push(`${name} lost ${failed} of ${size} items`);
				perRun.push(ms / size);
				if (size === largest && silence !== undefined) silences[name].push(silence);
			}
			times[name].get(size)!.push(median(perRun));
			simulator.requests.length = 0;
		}
		peaks[name].push(await contender.stop());
	});
	await simulator.close();

	const time = (name: ContenderName, size: number) => median(times[name].get(size)!);
	const peak = (name: ContenderName) => median(peaks[name]);
	const silence = (name: ContenderName) => median(silences[name]);
	const growth = (name: ContenderName) => time(name, largest) / time(name, 100);
	const ratio = time('ComplyCube', largest) / time('HTTP Request', largest);
	return {
		tables: [
			{
				title: 'Gets without a limit: time per item',
				rows: [
					['Items', ...NAMES, 'ComplyCube : HTTP Request'],
					...sizes.map((size) => [
						size.toLocaleString('en'),
						...NAMES.map((name) => perItem(time(name, size))),
						(time('ComplyCube', size) / time('HTTP Request', size)).toFixed(2),
					]),
					[
						`${largest.toLocaleString('en')} : 100`,
						...NAMES.map((name) => growth(name).toFixed(2)),
						'',
					],
					[
						'Peak memory',
						...NAMES.map((name) => megabytes(peak(name))),
						(peak('ComplyCube') / peak('HTTP Request')).toFixed(2),
					],
					[
						`Longest unresponsive time of n8n, ${largest.toLocaleString('en')} items`,
						...NAMES.map((name) =>
							silences[name].length ? `${(silence(name) / 1_000).toFixed(1)} s` : '–',
						),
						'',
					],
				],
				notes: [
					"Each node's time as measured by n8n. The official client gets one session after another.",
					'Each has a process of its own, and they take turns. Memory is that of the whole process, which for the nodes includes n8n.',
					"A new ComplyCube node has n8n's Batching set to 20 items per batch, 1 ms apart. Without it, n8n prepares all items of a declarative node before it does anything else. HTTP Request is not a declarative node.",
				],
			},
		],
		targets: judgesTimes
			? [
					{
						text: 'at most 0.75 of the time of HTTP Request',
						figure: ratio.toFixed(2),
						met: ratio <= 0.75,
					},
					{
						text: `time per item at ${largest.toLocaleString('en')} at most 1.1 of that at 100`,
						figure: growth('ComplyCube').toFixed(2),
						met: growth('ComplyCube') <= 1.1,
					},
					{
						text: `n8n answers within 0.5 s while it gets ${largest.toLocaleString('en')}`,
						figure: `${(silence('ComplyCube') / 1_000).toFixed(1)} s`,
						met: silence('ComplyCube') <= 500,
					},
					{
						text: 'peak memory at most that of HTTP Request',
						figure: `${megabytes(peak('ComplyCube'))} : ${megabytes(peak('HTTP Request'))}`,
						met: peak('ComplyCube') <= peak('HTTP Request'),
					},
				]
			: [],
		problems: problems,
		bars: {
			title: 'ms per Get',
			labels: sizes.filter((size) => size > 1).map((size) => `${size.toLocaleString('en')} items`),
			series: Object.fromEntries(
				NAMES.map((name) => [
					name,
					sizes.filter((size) => size > 1).map((size) => time(name, size)),
				]),
			),
		},
	};
}
