import { InvalidFieldError } from '../../errors';
import { show, type JsonObject } from '../../parse-status-message-values';
import type { Preset } from '../preset';

interface Pid {
	/** Number of data bytes in the response. */
	readonly bytes: 1 | 2 | 4;
	/** Attributes of the data bytes A, B, C, D. */
	read(a: number, b: number, c: number, d: number): JsonObject;
}

const percent = (value: number): number => (value * 100) / 255;
const celsius = (value: number): number => value - 40;

/** Formulas of SAE J1979, mode 01, by the PID in hexadecimal. */
const PIDS: Readonly<Record<string, Pid>> = {
	'01': { bytes: 4, read: (a) => ({ milOn: (a & 0x80) !== 0, dtcCount: a & 0x7f }) },
	'04': { bytes: 1, read: (a) => ({ engineLoad: percent(a) }) },
	'05': { bytes: 1, read: (a) => ({ coolantTemperature: celsius(a) }) },
	'0B': { bytes: 1, read: (a) => ({ intakePressure: a }) },
	'0C': { bytes: 2, read: (a, b) => ({ rpm: (256 * a + b) / 4 }) },
	'0D': { bytes: 1, read: (a) => ({ speed: a }) },
	'0F': { bytes: 1, read: (a) => ({ intakeTemperature: celsius(a) }) },
	'11': { bytes: 1, read: (a) => ({ throttle: percent(a) }) },
	'2F': { bytes: 1, read: (a) => ({ fuelLevel: percent(a) }) },
	'42': { bytes: 2, read: (a, b) => ({ batteryVoltage: (256 * a + b) / 1000 }) },
	'46': { bytes: 1, read: (a) => ({ ambientTemperature: celsius(a) }) },
	'5B': { bytes: 1, read: (a) => ({ batteryLevel: percent(a) }) },
	'5C': { bytes: 1, read: (a) => ({ oilTemperature: celsius(a) }) },
	A6: { bytes: 4, read: (a, b, c, d) => ({ odometer: (a * 2 ** 24 + b * 2 ** 16 + c * 2 ** 8 + d) / 10 }) },
};

/**
 * Responses to OBD-II mode 01, as whoever asks the vehicle sends them: a message in the product's own shape whose PIDs
 * are fields of two hexadecimal digits, each with its data bytes or the whole response in hexadecimal:
 * `{"vehicle": "...", "time": "...", "0C": "1AF8", "0D": "41 0D 32"}`. PIDs that are not known stay as they are.
 */
export const obd2: Preset = {
	expand(message) {
		const decoded: [name: string, value: unknown][] = [];
		for (const field in message) {
			const pid = field.length === 2 ? field.toUpperCase() : '';
			const known = Object.hasOwn(PIDS, pid) ? PIDS[pid] : undefined;
			const value = message[field];
			if (known === undefined) decoded.push([field, value]);
			else if (value !== null) decoded.push(...Object.entries(decode(field, pid, known, value)));
		}
		return [Object.fromEntries(decoded)];
	},
};

function decode(field: string, pid: string, { bytes, read }: Pid, value: unknown): JsonObject {
	const hex = typeof value === 'string' ? value.replace(/\s/g, '').toUpperCase() : '';
	const data = hex.length === bytes * 2 + 4 && hex.startsWith(`41${pid}`) ? hex.slice(4) : hex;
	if (data.length !== bytes * 2 || !/^[0-9A-F]*$/.test(data)) {
		throw new InvalidFieldError(
			field,
			`${field}: ${show(value)} is no response of ${bytes} bytes`,
			`Send the data bytes of PID ${pid} as ${bytes * 2} hexadecimal digits in quotes, e.g. "${'1A'.repeat(bytes)}", or 41${pid} and the data bytes.`,
		);
	}
	const byte = (index: number) => parseInt(data.slice(index * 2, index * 2 + 2) || '0', 16);
	return read(byte(0), byte(1), byte(2), byte(3));
}
