import { splitCsvRecord } from './csv-record';

/** `line` is the 1-based line on which the record begins. */
export type AssembledRecord =
	{ readonly line: number; readonly cells: string[] } | { readonly line: number; readonly message: string };

/** A quoted cell that spans more is taken for one whose closing quote is missing. */
const MAX_RECORD_LINES = 200;
const MAX_RECORD_LENGTH = 100_000;

export interface RecordAssembler {
	/** Takes the next line and adds the records that it completes to `out`. */
	push(line: string, out: AssembledRecord[]): void;
	/** There are no more lines. */
	end(out: AssembledRecord[]): void;
}

/**
 * Puts lines together to records, which differ where a quoted cell holds a line end. A quote that is never closed
 * would swallow the rows below it: the record is then refused, and reading goes on at the line after its first.
 * `width` tells how many cells a record has, null for any number; blank lines are no records.
 */
export function assembleRecords(delimiter: string, width: () => number | null): RecordAssembler {
	let line = 0;
	let held: string[] = [];
	let heldLength = 0;

	function hold(text: string): void {
		held.push(text);
		heldLength += text.length + 1;
	}

	function giveUp(message: string, out: AssembledRecord[]): void {
		const again = held.slice(1);
		line -= again.length;
		held = [];
		heldLength = 0;
		out.push({ line, message });
		for (const text of again) push(text, out);
	}

	function unclosed(): string {
		return `A quoted cell begins on line ${line - held.length + 1} and its closing quote is missing`;
	}

	function complete(cells: string[], out: AssembledRecord[]): void {
		const expected = width();
		while (expected !== null && cells.length > expected && cells.at(-1)?.trim() === '') cells.pop();
		if (expected === null || cells.length === expected) {
			out.push({ line: line - held.length + 1, cells });
			held = [];
			heldLength = 0;
		} else if (held.length > 1) {
			giveUp(unclosed(), out);
		} else {
			giveUp(`The row has ${cells.length} cells where the header has ${expected} columns`, out);
		}
	}

	function push(text: string, out: AssembledRecord[]): void {
		line += 1;
		if (held.length === 0 && text.trim() === '') return;
		const wasOpen = held.length > 0;
		hold(text);
		// A line without a quote cannot close the one that is open.
		if (!wasOpen || text.includes('"')) {
			const record = splitCsvRecord(wasOpen ? held.join('\n') : text, delimiter);
			if (record.state === 'whole') return complete(record.cells, out);
			if (record.state === 'broken') return giveUp(wasOpen ? unclosed() : record.message, out);
		}
		if (held.length > MAX_RECORD_LINES || heldLength > MAX_RECORD_LENGTH) giveUp(unclosed(), out);
	}

	function end(out: AssembledRecord[]): void {
		while (held.length > 0) giveUp(unclosed(), out);
	}

	return { push, end };
}
