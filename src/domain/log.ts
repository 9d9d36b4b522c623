import { InvalidFieldError } from './errors';
import { recordId, required, text } from './field-parsers';
import { refuseUnknown, sortFields } from './fields';
import type { FieldInput, FieldParsers } from './fields';
import { parseInstant } from './instant';
import { shown } from './rules/parse-object';

export const LOG_LEVELS = ['info', 'warning', 'error'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export interface LogEntry {
	readonly id: number;
	readonly at: number;
	readonly level: LogLevel;
	readonly message: string;
	readonly vehicleId: number | null;
	readonly firingId: number | null;
}

export type LogFields = Omit<LogEntry, 'id'>;

const PARSERS: FieldParsers<LogFields> = {
	at: (value, field) => parseInstant(value, field),
	level: (value, field) => parseLevel(value, field),
	message: required(text(10_000, 'lines')),
	vehicleId: recordId,
	firingId: recordId,
};

const REFUSED = { id: 'The store gives the id.' };

/**
 * An entry to be written; `at` is absent where `input` has none.
 * @throws InvalidFieldError
 */
export function parseLogFields(input: FieldInput): Omit<LogFields, 'at'> & { readonly at?: number } {
	const { fields, unknown } = sortFields(input, PARSERS, REFUSED);
	refuseUnknown(unknown, Object.keys(PARSERS), 'log entry');
	const { message, ...others } = fields;
	if (message === undefined) {
		throw new InvalidFieldError('message', 'The log entry has no message', 'Say what happened.');
	}
	return { level: 'info', vehicleId: null, firingId: null, ...others, message };
}

function parseLevel(value: unknown, field: string): LogLevel {
	const level = LOG_LEVELS.find((known) => known === value);
	if (level !== undefined) return level;
	throw new InvalidFieldError(
		field,
		`${shown(value)} is no level of a log entry`,
		`Give one of: ${LOG_LEVELS.join(', ')}.`,
	);
}
