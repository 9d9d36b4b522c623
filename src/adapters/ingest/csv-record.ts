/** What became of the lines that were looked at: a record, the need for more lines, or why there is no record. */
export type CsvRecord =
	| { readonly state: 'whole'; readonly cells: string[] }
	| { readonly state: 'open' }
	| { readonly state: 'broken'; readonly message: string };

/**
 * Splits one record by RFC 4180. A quote that opens a cell takes delimiters and line ends as text until it closes,
 * a doubled one inside is a quote, and one in the middle of an unquoted cell is a character like any other.
 */
export function splitCsvRecord(text: string, delimiter: string): CsvRecord {
	if (!text.includes('"')) return { state: 'whole', cells: text.split(delimiter) };
	const cells: string[] = [];
	let at = 0;
	for (;;) {
		if (text[at] !== '"') {
			const end = text.indexOf(delimiter, at);
			cells.push(end < 0 ? text.slice(at) : text.slice(at, end));
			if (end < 0) return { state: 'whole', cells };
			at = end + 1;
			continue;
		}
		let cell = '';
		let from = at + 1;
		for (;;) {
			const quote = text.indexOf('"', from);
			if (quote < 0) return { state: 'open' };
			cell += text.slice(from, quote);
			from = quote + 1;
			if (text[from] !== '"') break;
			cell += '"';
			from += 1;
		}
		cells.push(cell);
		if (from === text.length) return { state: 'whole', cells };
		if (text[from] !== delimiter) {
			const rest = text.slice(from, from + 20).split('\n', 1)[0];
			const message = `Cell ${cells.length} ends its quotes and goes on with '${rest}': one of its quotes is not closed, or not doubled`;
			return { state: 'broken', message };
		}
		at = from + 1;
	}
}

/**
 * Which of comma, semicolon and tab separates the cells: the one of which the header has the most, outside quotes;
 * in a tie the one that the lines below repeat most evenly. A file of one column has none: then a comma.
 */
export function detectDelimiter(lines: readonly string[]): string {
	const count = (line: string, delimiter: string) => {
		const record = splitCsvRecord(line, delimiter);
		return record.state === 'whole' ? record.cells.length - 1 : 0;
	};
	const [header = '', ...below] = lines;
	let best = { delimiter: ',', inHeader: 0, even: 0 };
	for (const delimiter of [',', ';', '\t']) {
		const inHeader = count(header, delimiter);
		const even = below.filter((line) => count(line, delimiter) === inHeader).length;
		if (inHeader > best.inHeader || (inHeader === best.inHeader && inHeader > 0 && even > best.even)) {
			best = { delimiter, inHeader, even };
		}
	}
	return best.delimiter;
}
