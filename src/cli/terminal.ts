/** Where a command writes. */
export interface Terminal {
	print(text: string): void;
	/** What is wrong, so that it does not mix with the output. */
	complain(text: string): void;
	readonly inColour: boolean;
}

/** As `process.exitCode` tells them to scripts. `wrong`: the command or a file cannot be understood. */
export const EXIT = { good: 0, different: 1, wrong: 2 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

export function worst(codes: Iterable<ExitCode>): ExitCode {
	return [...codes].reduce<ExitCode>((a, b) => (a > b ? a : b), EXIT.good);
}

export function red(text: string, { inColour }: Terminal): string {
	return inColour ? `\u001b[31m${text}\u001b[39m` : text;
}

/** Rows in columns as wide as their widest cell; `mark` may colour a whole line. */
export function table(
	rows: readonly (readonly string[])[],
	mark: (line: string, row: number) => string = (line) => line,
): string {
	const widths = (rows[0] ?? []).map((_, column) =>
		Math.max(...rows.map((row) => (row[column] ?? '').length)),
	);
	return rows
		.map((row, index) => {
			const cells = row.map((cell, column) => cell.padEnd(widths[column] ?? 0));
			return mark(`  ${cells.join('  ').trimEnd()}`, index);
		})
		.join('\n');
}
