import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import type { BenchResult, ProcessFigures } from './measure';

const machine = (): string =>
	`${cpus().length} x ${cpus()[0]?.model.trim() ?? 'unknown CPU'}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}`;

function readable(value: number): string {
	return value.toLocaleString('en-GB', { maximumFractionDigits: value >= 100 ? 0 : 2 });
}

function table(lines: readonly (readonly [string, ...string[]])[]): string {
	const widths = (lines[0] ?? []).map((_, column) =>
		Math.max(...lines.map((line) => (line[column] ?? '').length)),
	);
	return lines
		.map((line) =>
			line
				.map((cell, column) =>
					column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
				)
				.join('  '),
		)
		.join('\n');
}

export function formatBench({ name, figures, rows }: BenchResult): string {
	const isWatched = rows.some(({ memoryGrowthMb }) => memoryGrowthMb !== undefined);
	const watched = ({ eventLoopP99Ms, memoryGrowthMb }: Partial<ProcessFigures>) =>
		[eventLoopP99Ms, memoryGrowthMb].map((value) => (value === undefined ? '' : readable(value)));
	const measured = table([
		[
			...([name, 'per second', 'slowest', 'fastest', 'of'] as const),
			...(isWatched ? ['loop p99 ms', 'memory +MB'] : []),
		],
		...rows.map(
			({ what, perSecond, slowest, fastest, clock, ...process }) =>
				[
					...([what, readable(perSecond), readable(slowest), readable(fastest), clock] as const),
					...(isWatched ? watched(process) : []),
				] as const,
		),
	]);
	const told = table(Object.entries(figures).map(([figure, value]) => [figure, readable(value)] as const));
	return `${measured}\n\n${told}\n`;
}

/** Writes `NAME.json` into the folder and returns its path. */
export function saveBench(result: BenchResult, folder: string): string {
	mkdirSync(folder, { recursive: true });
	const path = join(folder, `${result.name}.json`);
	const { name, figures, rows } = result;
	const content = { name, date: new Date().toISOString(), machine: machine(), figures, rows };
	writeFileSync(path, `${JSON.stringify(content, null, '\t')}\n`);
	return path;
}

/** Prints a benchmark's table and keeps its figures. */
export function reportBench(result: BenchResult, folder: string): void {
	process.stdout.write(`${formatBench(result)}written to ${saveBench(result, folder)}\n`);
}
