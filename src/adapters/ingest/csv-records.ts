/** As many columns as spreadsheets have. */
const MAX_CELLS = 16_384;
/** A quoted cell that spans more is taken for one whose closing quote is missing. */
const MAX_RECORD_LINES = 200;
const MAX_RECORD_LENGTH = 100_000;
const QUOTE = '"';

/** Told of what the lines hold; `line` is the 1-based line on which the record begins. */
export interface CsvSink {
	record(line: number, cells: string[]): void;
	/** `cells`: as far as they can be told apart, else the line as one. */
	error(line: number, message: string, cells: readonly string[]): void;
}

/** How many cells a record has: unnamed columns at the end may be missing. */
export interface CsvWidth {
	readonly least: number;
	readonly most: number;
}

interface HeldLine {
	readonly text: string;
	readonly end: string;
}

/**
 * Puts lines together to records by RFC 4180. A quote that opens a cell, blanks before it aside, takes delimiters and
 * line ends as text until it closes, a doubled one inside is a quote, and one in the middle of an unquoted cell is a
 * character like any other. A quote that is never closed would swallow the rows below it: its record is then refused,
 * and reading goes on at the line after its first. Blank lines are no records, and empty cells behind the last column
 * none of theirs.
 */
export class CsvRecords {
	/** Null: any number of cells. */
	width: CsvWidth | null = null;
	private line = 0;
	/** Of the record that a quote keeps open. */
	private held: HeldLine[] = [];
	private heldLength = 0;
	private cells: string[] = [];
	/** Of the cell whose quote is open, what is known of it. */
	private partial = '';
	/** The line that is being split. */
	private current: HeldLine = { text: '', end: '' };

	constructor(
		private readonly delimiter: string,
		private readonly sink: CsvSink,
	) {}

	/** Takes the next line, without what ends it. */
	readonly push = (text: string, end: string): void => {
		this.line += 1;
		if (this.held.length > 0) return this.goOn(text, end);
		if (!text.includes(QUOTE)) {
			if (text === '') return;
			const cells = text.split(this.delimiter, MAX_CELLS + 1);
			if (cells.length > 1 || text.trim() !== '') this.complete(cells, 1);
			return;
		}
		this.cells = [];
		this.split(text, end, 0, false);
	};

	/** There are no more lines. */
	end(): void {
		while (this.held.length > 0) this.refuseUnclosed();
	}

	private goOn(text: string, end: string): void {
		// A line without a quote cannot close the one that is open.
		if (text.includes(QUOTE)) return this.split(text, end, 0, true);
		this.partial += text + end;
		this.hold(text, end);
	}

	/** Goes on behind the cells that are known already, from `at`, inside of quotes or not. */
	private split(text: string, end: string, at: number, isInside: boolean): void {
		const { cells, delimiter } = this;
		let inside = isInside;
		this.current = { text, end };
		for (;;) {
			if (!inside) {
				const start = this.quoteAt(text, at);
				if (start < 0) {
					const next = text.indexOf(delimiter, at);
					cells.push(next < 0 ? text.slice(at) : text.slice(at, next));
					if (next < 0) return this.complete(cells, this.held.length + 1);
					at = next + 1;
					continue;
				}
				this.partial = '';
				at = start + 1;
			}
			const quote = text.indexOf(QUOTE, at);
			if (quote < 0) {
				this.partial += text.slice(at) + end;
				return this.hold(text, end);
			}
			if (text[quote + 1] === QUOTE) {
				this.partial += text.slice(at, quote + 1);
				at = quote + 2;
				inside = true;
				continue;
			}
			cells.push(this.partial === '' ? text.slice(at, quote) : this.partial + text.slice(at, quote));
			this.partial = '';
			inside = false;
			at = quote + 1;
			if (delimiter !== ' ') while (text[at] === ' ') at += 1;
			if (at === text.length) return this.complete(cells, this.held.length + 1);
			if (text[at] !== delimiter) return this.refuseBroken(text, at);
			at += 1;
		}
	}

	/** Where the cell that begins at `at` opens its quotes; -1 for an unquoted one. */
	private quoteAt(text: string, at: number): number {
		let start = at;
		if (this.delimiter !== ' ') while (text[start] === ' ') start += 1;
		return text[start] === QUOTE ? start : -1;
	}

	private complete(cells: string[], lines: number): void {
		const { width } = this;
		if (width) {
			while (cells.length > width.most && cells[cells.length - 1]?.trim() === '') cells.pop();
			if (cells.length > width.most || cells.length < width.least) return this.refuseRagged(cells, width);
			while (cells.length < width.most) cells.push('');
		} else if (cells.length > MAX_CELLS) {
			return this.refuseRagged(cells, { least: 1, most: MAX_CELLS });
		}
		const first = this.line - lines + 1;
		if (lines > 1) this.letGo();
		this.sink.record(first, cells);
	}

	private hold(text: string, end: string): void {
		this.held.push({ text, end });
		this.heldLength += text.length + 1;
		const isTooMuch = this.held.length > MAX_RECORD_LINES || this.heldLength > MAX_RECORD_LENGTH;
		const isTooWide = this.width !== null && this.cells.length > this.width.most;
		if (this.held.length > 1 && (isTooMuch || isTooWide)) this.refuseUnclosed();
	}

	private letGo(): void {
		this.held = [];
		this.heldLength = 0;
		this.partial = '';
	}

	private refuseRagged(cells: readonly string[], width: CsvWidth): void {
		if (this.held.length > 0) {
			this.held.push(this.current);
			return this.refuseUnclosed();
		}
		if (cells.every((cell) => cell.trim() === '')) return;
		const count = cells.length > MAX_CELLS ? `more than ${MAX_CELLS}` : String(cells.length);
		const message = `The row has ${count} cells where the header has ${width.most} columns`;
		this.sink.error(this.line, message, cells.slice(0, MAX_CELLS));
	}

	private refuseBroken(text: string, at: number): void {
		if (this.held.length > 0) {
			this.held.push(this.current);
			return this.refuseUnclosed();
		}
		const message = `Cell ${this.cells.length} ends its quotes and goes on with '${text.slice(at, at + 20)}': one of its quotes is not closed, or not doubled`;
		this.sink.error(this.line, message, [text]);
	}

	/** Refuses the first line that is held, and takes the others again, as lines of their own. */
	private refuseUnclosed(): void {
		const [first, ...others] = this.held;
		this.line -= others.length;
		this.letGo();
		const message = `A quoted cell begins on line ${this.line} and its closing quote is missing`;
		this.sink.error(this.line, message, [first?.text ?? '']);
		for (const { text, end } of others) this.push(text, end);
	}
}
