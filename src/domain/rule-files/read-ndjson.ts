import { TIME_KEYS } from '../parse-status-message-fields';
import { isJsonObject } from '../parse-status-message-values';
import type { JsonObject } from '../parse-status-message-values';
import type { ReadText } from './read-text';

/**
 * A recording of one JSON object a line: those with a time are `reports`, all others together say the rest. Null when
 * the text is something else.
 */
export function readNdjson(text: string): ReadText | null {
	const reports: JsonObject[] = [];
	const reportLines: number[] = [];
	const rest: Record<string, unknown> = {};
	const restLines = new Map<string, number>();
	for (const [index, line] of text.split(/\r?\n/).entries()) {
		if (line.trim() === '') continue;
		const value = parseObjectLine(line);
		if (value === null) return null;
		if (TIME_KEYS.some((key) => value[key] !== undefined) || value.after !== undefined) {
			reportLines.push(index + 1);
			reports.push(value);
			continue;
		}
		for (const [name, one] of Object.entries(value)) {
			rest[name] = one;
			restLines.set(name, index + 1);
		}
	}
	if (reports.length === 0) return null;
	return {
		value: { ...rest, reports },
		placeOf(field) {
			const [first = '', second = ''] = field.match(/[^.[\]]+/g) ?? [];
			const line = first === 'reports' ? reportLines[Number(second)] : restLines.get(first);
			return { line: line ?? 1, column: 1 };
		},
	};
}

function parseObjectLine(line: string): JsonObject | null {
	try {
		const value: unknown = JSON.parse(line);
		return isJsonObject(value) ? value : null;
	} catch {
		return null;
	}
}
