import { cpus, loadavg } from 'node:os';
import { release } from '../support/n8n/releases';
import { tenths } from './figures';

/** One line of the table. */
export interface Result {
	what: string;
	own: string;
	other: string;
	ratio: string;
	/** What it must not fall short of; empty for what is only told. */
	guard: string;
	isKept: boolean;
}

const HEADS = ['Measured', 'Twilio SMS', 'Compared with', 'Ratio', 'Guard', ''];

const cells = ({ what, own, other, ratio, guard, isKept }: Result) => [
	what,
	own,
	other,
	ratio,
	guard,
	guard && (isKept ? 'kept' : 'MISSED'),
];

/** Markdown that is a tidy table on a screen as well. */
export function toTable(results: Result[]): string {
	const rows = [HEADS, ...results.map(cells)];
	const widths = HEADS.map((_, column) => Math.max(...rows.map((row) => row[column].length), 3));
	const line = (row: string[]) =>
		`| ${row.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`;
	const rule = line(widths.map((width) => '-'.repeat(width)));
	const [heads, ...lines] = rows.map(line);
	return [heads, rule, ...lines].join('\n');
}

/** On what it was measured: times of a busy machine say little. */
export function surroundings(loadBefore: number): string {
	const processors = cpus();
	const load = `${tenths(loadBefore)} at the start, ${tenths(loadavg()[0])} at the end`;
	return (
		`n8n ${release.version}, ${processors.length} processors (${processors[0]?.model.trim()}), ` +
		`${process.platform}; load average ${load}.`
	);
}
