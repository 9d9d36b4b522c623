import { SSF, type CellObject } from 'xlsx';

/** The library's own types leave these open. */
const dateFormats = SSF as {
	is_date(format: string): boolean;
	parse_date_code(
		value: number,
		options: { date1904: boolean },
	): Record<'y' | 'm' | 'd' | 'H' | 'M' | 'S' | 'u', number> | null;
};

/** ECMA-376 part 1, 18.18.11 and [MS-XLS] 2.5.10. */
const ERRORS: Readonly<Record<number, string>> = {
	...{ 0: '#NULL!', 7: '#DIV/0!', 15: '#VALUE!', 23: '#REF!', 29: '#NAME?', 36: '#NUM!', 42: '#N/A' },
};
const DURATION = /\[[hms]+\]/i;

const two = (part: number) => String(part).padStart(2, '0');

function durationOf(days: number): string {
	const seconds = Math.round(Math.abs(days) * 86_400);
	const [hours, minutes] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60];
	return `${days < 0 ? '-' : ''}${hours}:${two(minutes)}:${two(seconds % 60)}`;
}

/**
 * A day as `2026-03-31`, a day with a time as `2026-03-31T10:00:00`, a time as `10:00:00`: workbooks hold local ones,
 * without a zone. A duration is hours, minutes and seconds; null for a number that is no day.
 */
function dateText(value: number, format: string, date1904: boolean): string | null {
	if (DURATION.test(format)) return durationOf(value);
	const parts = dateFormats.parse_date_code(value, { date1904 });
	if (!parts) return null;
	const { y, m, d, H, M, S, u } = parts;
	const millis = Math.round(u * 1_000);
	const time = `${two(H)}:${two(M)}:${two(Math.floor(S))}${millis > 0 && millis < 1_000 ? `.${String(millis).padStart(3, '0')}` : ''}`;
	if (value >= 0 && value < 1 && !/[yd]/i.test(format)) return time;
	const day = `${String(y).padStart(4, '0')}-${two(m)}-${two(d)}`;
	return H || M || S || millis ? `${day}T${time}` : day;
}

/** What a cell holds; a formula's value is the one that it had when the workbook was saved. */
export function workbookCell(cell: CellObject | undefined, date1904: boolean): unknown {
	if (!cell || cell.t === 'z') return undefined;
	if (cell.t === 'e') return ERRORS[Number(cell.v)] ?? cell.w ?? '#ERROR';
	if (cell.t === 'n' && typeof cell.v === 'number' && cell.z !== undefined) {
		const format = String(cell.z);
		if (dateFormats.is_date(format)) return dateText(cell.v, format, date1904) ?? cell.v;
	}
	return cell.v;
}

/** Why a cell cannot be read, or null. */
export function cellProblem(cell: CellObject | undefined): string | null {
	if (cell?.t === 'e' && cell.v !== undefined) return 'The cell holds an error of the spreadsheet';
	if (cell?.f !== undefined && (cell.t === 'z' || cell.v === undefined)) {
		return 'The cell holds a formula without a value: open the workbook in a spreadsheet and save it again';
	}
	return cell?.t === 'e' ? 'The cell holds an error of the spreadsheet' : null;
}
