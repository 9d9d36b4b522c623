import { CsvRecords } from './csv-records';
import { commonest, findHeader, type SampleRow } from './find-header';
import { eachLine } from './line-blocks';

const DELIMITERS = [',', ';', '\t', '|'];
const ROWS_TO_LOOK_AT = 100;

export interface CsvDialect {
	readonly delimiter: string;
	/** 0: none. */
	readonly headerRow: number;
	/** Of a table without a header. */
	readonly columns: number;
	/** The first line only tells the delimiter, as spreadsheets write it. */
	readonly hasSeparatorLine: boolean;
}

/** A line `sep=;`, before all others. */
const SEPARATOR_LINE = /^sep=(.)\r?(?:\n|$)/i;

interface Sample {
	readonly records: readonly SampleRow[];
	/** Records whose quotes do not fit, as those of a wrong delimiter do not. */
	readonly broken: number;
}

function sampleOf(text: string, delimiter: string): Sample {
	const records: SampleRow[] = [];
	let broken = 0;
	const splitter = new CsvRecords(delimiter, {
		record: (row, cells) => void (cells.some((cell) => cell !== '') && records.push({ row, cells })),
		error: () => void (broken += 1),
	});
	eachLine(text, splitter.push);
	return { records: records.slice(0, ROWS_TO_LOOK_AT), broken };
}

interface Delimiter {
	readonly delimiter: string;
	/** The share of rows that have as many cells as most, less where quotes are broken. */
	readonly alike: number;
	/** Of the two, being alike counts more, so that commas in a text of a semicolon's table do not win. */
	readonly score: number;
}

function judge(text: string, delimiter: string, countsEmpty: boolean): Delimiter {
	const { records, broken } = sampleOf(text, delimiter);
	const widths = records.map(({ cells }) =>
		countsEmpty ? cells.length : cells.findLastIndex((cell) => cell !== '') + 1,
	);
	const width = commonest(widths.filter((cells) => cells > 1));
	if (width === 0) return { delimiter, alike: 0, score: 0 };
	const alike = widths.filter((cells) => cells === width).length / (1 + broken);
	return { delimiter, alike: alike / records.length, score: alike ** 3 * (width - 1) };
}

const best = (found: readonly Delimiter[]): Delimiter =>
	found.reduce((one, other) => (other.score > one.score ? other : one));

function findDelimiter(text: string): string {
	const judgeAll = (countsEmpty: boolean) =>
		best(DELIMITERS.map((delimiter) => judge(text, delimiter, countsEmpty)));
	// Empty cells at the end tell little: some writers leave them out, some write too many.
	const found = judgeAll(false);
	return (found.alike > 0.5 ? found : best([found, judgeAll(true)])).delimiter;
}

/** What is not given is told from the first lines. A file of one column has no delimiter: then it is a comma. */
export function findDialect(
	text: string,
	given: { readonly delimiter?: string; readonly headerRow?: number },
): CsvDialect {
	const separator = SEPARATOR_LINE.exec(text);
	const rest = separator ? `\n${text.slice(separator[0].length)}` : text;
	const delimiter = given.delimiter ?? separator?.[1] ?? findDelimiter(rest);
	const { records } = sampleOf(rest, delimiter);
	return {
		delimiter,
		headerRow: given.headerRow ?? findHeader(records),
		columns: commonest(records.map(({ cells }) => cells.length)),
		hasSeparatorLine: separator !== null,
	};
}
