/** How much of everything is measured. */
export interface Scale {
	/** How often everything is measured, in turn; the medians count. */
	rounds: number;
	/** How many items go through a node at once. */
	sizes: number[];
	/** How many items go through a node at the limit of a live and of a test key. */
	atLimit: { live: number; test: number };
	/** How many deliveries each webhook gets per round. */
	deliveries: number;
	/** How many Gets a node does per round to show what its other fields cost. */
	gets: number;
	/** Whether there is enough of it to judge times by. */
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

/** Enough to see that everything works. */
export const SHORT: Scale = {
	rounds: 1,
	sizes: [1, 100],
	atLimit: { live: 20, test: 10 },
	deliveries: 20,
	gets: 100,
	judgesTimes: false,
};

/** What came out of a comparison. */
export interface Table {
	title: string;
	/** The head first. The first column names the row, the others hold figures. */
	rows: string[][];
	/** What a reader has to know. */
	notes: string[];
}

/** Something that is expected of a figure. */
export interface Target {
	text: string;
	figure: string;
	met: boolean;
}

/** Bars of a chart, one group for each label. */
export interface Bars {
	title: string;
	labels: string[];
	/** By name; a value for each label. */
	series: Record<string, number[]>;
}

/** What a part of the benchmark found. */
export interface Findings {
	tables: Table[];
	/** Depend on the machine and on what else it does. */
	targets: Target[];
	/** What went wrong; must be empty on any machine. */
	problems: string[];
	bars?: Bars;
}

/** A part of the benchmark. */
export type Part = (scale: Scale) => Promise<Findings>;
