import * as echarts from 'echarts';

import type { Bars } from './part.cts';

/** In pixels. */
const SIZE = { width: 720, height: 280 };

/** Legible on light and on dark pages. */
const TEXT = '#808080';
const COLOURS = ['#4a5cff', '#8f9aff', '#9aa0b4', '#d0d3de'];

/**
 * Draws a bar chart.
 *
 * @returns The chart as SVG
 */
export function drawChart({ title, labels, series }: Bars): string {
	const drawing = echarts.init(null, null, { renderer: 'svg', ssr: true, ...SIZE });
	drawing.setOption({
		animation: false,
		color: COLOURS,
		textStyle: { fontFamily: 'sans-serif', color: TEXT },
		title: { left: 0, text: title, textStyle: { fontSize: 14, color: TEXT } },
		legend: { top: 0, right: 0, textStyle: { color: TEXT } },
		grid: { left: 40, right: 0, top: 50, bottom: 25 },
		xAxis: { type: 'category', data: labels, axisLabel: { color: TEXT } },
		yAxis: { type: 'value', axisLabel: { color: TEXT } },
		series: Object.entries(series).map(([name, values]) => ({
			name,
			type: 'bar',
			data: values.map((value) => Number(value.toFixed(2))),
			label: { show: true, position: 'top', color: TEXT },
		})),
	});
	const svg = drawing.renderToSVGString();
	drawing.dispose();
	return svg;
}
