/** How much to measure. */
export interface Scale {
	/** How often to measure everything. The contenders take turns, and the medians count. */
	rounds: number;
	/** Numbers of items to send through a node at once. */
	sizes: number[];
	/** How many items to send through a node at the limits of a live key and a test key. */
	atLimit: { live: number; test: number };
	/** How many deliveries to send to each webhook per round. */
	deliveries: number;
	/** How many Gets to run per round to see what other fields cost. */
	gets: number;
	/** Whether this is enough to compare times with targets. */
	judgesTimes: boolean;
}

/** The whole benchmark. */
export const FULL: Scale = {
	rounds: 5,
	sizes: [1, 100, 1_000, 10_000],
	atLimit: { live: 200, test: 100 },
	deliveries: 60,
	gets: 1_000,
	judgesTimes: true,
};

/** Just enough to see that everything works. */
export const SHORT: Scale = {
	rounds: 1,
	sizes: [1, 100],
	atLimit: { live: 20, test: 10 },
	deliveries: 20,
	gets: 100,
	judgesTimes: false,
};

/** The result of a comparison. */
export interface Table {
	title: string;
	/** The first row is the head. The first column names the row, the others have figures. */
	rows: string[][];
	/** What a reader needs to know. */
	notes: string[];
}

/** What a figure should be. */
export interface Target {
	text: string;
	figure: string;
	met: boolean;
}

/** A bar chart with a group of bars for each label. */
export interface Bars {
	title: string;
	labels: string[];
	/** The values by the name of the series; one for each label. */
	series: Record<string, number[]>;
}

/** The findings of a part of the benchmark. */
export interface Findings {
	tables: Table[];
	/** Whether they are met depends on the machine and what else is running. */
	targets: Target[];
	/** What went wrong. It has to be empty on any machine. */
	problems: string[];
	bars?: Bars;
}

/** A part of the benchmark. */
export type Part = (scale: Scale) => Promise<Findings>;
