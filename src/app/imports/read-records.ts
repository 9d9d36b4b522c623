import type { ImportOptions, ImportRecordType, ImportRowError } from '../../domain/import';
import type { ImportMapping } from '../../domain/mapping/import-mapping';
import type { ImportPlan } from '../../domain/mapping/import-plan';
import { planImport, UnknownRecordsError } from '../../domain/mapping/plan-import';
import { shapesOf } from '../../domain/mapping/remember-mapping';
import { rowInterpreter } from '../../domain/mapping/row-interpreter';
import type { RowRecords } from '../../domain/mapping/row-records';
import type { SourceRow } from '../../domain/mapping/source-row';
import { UnreadableFileError } from '../errors';
import type { ReadRow, RowReader, SourceFile } from '../ports/row-reader';

/** A row that can be taken, as far as the file alone tells, or the error that keeps it from being. */
export type FileRow =
	| { readonly ok: true; readonly records: RowRecords }
	| {
			readonly ok: false;
			readonly error: ImportRowError;
			/** As they stand in the file, to be handed back and mended. */
			readonly cells: readonly unknown[];
			readonly columns: readonly string[];
	  };

export interface AskedRecords {
	readonly recordType: ImportRecordType;
	readonly options: Pick<ImportOptions, 'dialect' | 'mapping' | 'format'>;
	/**
	 * That of an earlier reading of the same file, which then gives the same rows again; null for the first. One with
	 * questions is made anew: the options may hold the answers now.
	 */
	readonly plan: ImportPlan | null;
	/** The mappings of earlier files by the `shapeOf` of their lists, of those of `shapes` that there are. */
	readonly remembered: (
		shapes: readonly string[],
	) => ReadonlyMap<string, ImportMapping> | Promise<ReadonlyMap<string, ImportMapping>>;
}

export interface ToldOfReading {
	/** Once, before the first rows; with questions in it no rows follow. */
	readonly onPlan: (plan: ImportPlan) => void;
	/** As in `ReadOptions`. */
	readonly onTotal: (rows: number) => void;
}

/** Of one list: as soon as one has so many, the file is planned. */
const ROWS_TO_LOOK_AT = 2_000;
/** Fewer rows where they are long, since they wait in memory. */
const CHARACTERS_TO_LOOK_AT = 20_000_000;

/**
 * The rows of a file as records, the same at every reading with the same plan. Throws `UnreadableFileError`, also
 * when the columns do not tell what the rows are.
 */
export async function* readRecords(
	readers: RowReader,
	file: SourceFile,
	asked: AskedRecords,
	told: ToldOfReading,
): AsyncGenerator<FileRow[]> {
	// Questions may have been answered meanwhile, in the options.
	const plan = asked.plan?.questions.length === 0 ? asked.plan : null;
	let dialect: ImportPlan['dialect'] | null = asked.plan?.dialect ?? null;
	const found = readers(file, {
		dialect: dialect ?? asked.options.dialect,
		onDialect: (known) => (dialect ??= known),
		onTotal: told.onTotal,
	});
	let interpret = plan ? rowInterpreter(plan, asked.recordType) : null;
	if (plan) told.onPlan(plan);
	const first = new FirstRows();

	const toFileRow = (read: ReadRow, interpretRow: NonNullable<typeof interpret>): FileRow => {
		if (!read.ok) return read;
		const { row } = read;
		const interpreted = interpretRow(row);
		return interpreted.ok ? interpreted : { ...interpreted, cells: row.cells, columns: row.columns };
	};

	async function decide() {
		const decided = { dialect: dialect ?? { format: 'unknown' }, ...(await planned(first.rows, asked)) };
		interpret = rowInterpreter(decided, asked.recordType);
		told.onPlan(decided);
		return { plan: decided, interpret };
	}

	for await (const rows of found) {
		if (interpret) {
			const interpretRow = interpret;
			yield rows.map((row) => toFileRow(row, interpretRow));
			continue;
		}
		if (!first.add(rows)) continue;
		const decided = await decide();
		if (decided.plan.questions.length > 0) return;
		for (const some of first.batches) yield some.map((row) => toFileRow(row, decided.interpret));
		first.forget();
	}
	if (interpret) return;
	const decided = await decide();
	if (decided.plan.questions.length > 0) return;
	for (const some of first.batches) yield some.map((row) => toFileRow(row, decided.interpret));
}

/** Rows that wait for the plan, in the batches in which they came. */
class FirstRows {
	readonly batches: (readonly ReadRow[])[] = [];
	private readonly counts = new Map<string | null, number>();
	private characters = 0;

	/** Whether these are enough. */
	add(rows: readonly ReadRow[]): boolean {
		this.batches.push(rows);
		let isEnough = false;
		for (const row of rows) {
			const list = row.ok ? row.row.list : row.error.list;
			const count = (this.counts.get(list) ?? 0) + 1;
			this.counts.set(list, count);
			isEnough ||= count >= ROWS_TO_LOOK_AT;
			for (const cell of row.ok ? row.row.cells : row.cells) this.characters += lengthOf(cell);
		}
		return isEnough || this.characters >= CHARACTERS_TO_LOOK_AT;
	}

	get rows(): SourceRow[] {
		return this.batches.flatMap((rows) => rows.flatMap((row) => (row.ok ? [row.row] : [])));
	}

	forget(): void {
		this.batches.length = 0;
	}
}

function lengthOf(cell: unknown): number {
	if (typeof cell === 'string') return cell.length;
	return typeof cell === 'object' && cell !== null ? JSON.stringify(cell).length : 8;
}

async function planned(rows: readonly SourceRow[], asked: AskedRecords) {
	const { recordType, options, remembered } = asked;
	const known = await remembered(shapesOf(rows));
	try {
		return planImport(rows, {
			...{ recordType, mapping: options.mapping, format: options.format },
			remembered: (shape) => known.get(shape) ?? null,
		});
	} catch (error) {
		if (error instanceof UnknownRecordsError)
			throw new UnreadableFileError(error.message, error.hint, { cause: error });
		throw error;
	}
}

/** Leaves out the first rows, which an earlier run has taken. */
export async function* behind(
	rows: AsyncIterable<readonly FileRow[]>,
	skipRows: number,
): AsyncGenerator<readonly FileRow[]> {
	let left = skipRows;
	for await (const some of rows) {
		const rest = left > 0 ? some.slice(left) : some;
		left -= some.length - rest.length;
		if (rest.length > 0) yield rest;
	}
}
