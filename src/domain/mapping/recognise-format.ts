import type { MessageFormat, PresetName } from '../message-formats/message-format';
import { fieldOf } from '../message-formats/read-path';
import { isJsonObject, type JsonObject } from '../parse-status-message-values';
import type { RowWrapper, SourceRow } from './source-row';

const has = (from: unknown, ...names: readonly string[]): boolean =>
	names.every((name) => fieldOf(from, name) !== undefined);

const elementsOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);

const isSamsara = (message: unknown): boolean =>
	has(message, 'id') &&
	isJsonObject(message) &&
	Object.entries(message).some(
		([name, stats]) =>
			/^(?:gps|engineStates?|fuelPercents?|obd[A-Z]\w+|gpsOdometerMeters|gpsDistanceMeters)$/.test(name) &&
			elementsOf(stats).some((stat) => has(stat, 'time')),
	);

const isVehiclePosition = (entity: unknown): boolean => {
	const position = fieldOf(fieldOf(entity, 'vehicle'), 'position');
	return has(entity, 'id') && has(position, 'latitude', 'longitude');
};

const isRfms = (status: unknown): boolean =>
	has(status, 'vin', 'createdDateTime') &&
	['snapshotData', 'triggerType', 'gnssPosition', 'hrTotalVehicleDistance'].some((name) => has(status, name));

/** `0C`, `0D`: the names of measurements of SAE J1979. */
const OBD2_NAME = /^(?:04|05|0[A-F]|1[0-9A-F]|2F|[3-6][0-9A-F]|A6)$/i;

/** What only the messages of one format have. Wrapped in what the interface answers, or one by one. */
const EVIDENT: readonly (readonly [
	Exclude<PresetName, 'custom' | 'fleet'>,
	(message: JsonObject) => boolean,
])[] = [
	[
		'traccar',
		({ position, device }) =>
			has(device, 'uniqueId') && ['fixTime', 'deviceTime', 'latitude'].some((name) => has(position, name)),
	],
	[
		'samsara',
		(message) => isSamsara(message) || (Array.isArray(message.data) && message.data.some(isSamsara)),
	],
	['smartcar', ({ eventType, data }) => typeof eventType === 'string' && has(data, 'vehicle', 'signals')],
	[
		'rfms',
		(message) =>
			isRfms(message) || has(message, 'vehicleStatusResponse') || has(message, 'vehiclePositionResponse'),
	],
	[
		'gtfsRealtime',
		(message) => isVehiclePosition(message) || (has(message, 'header') && Array.isArray(message.entity)),
	],
	[
		'obd2',
		(message) =>
			['time', 'timestamp', 'reportedAt'].some((name) => has(message, name)) &&
			Object.keys(message).filter((name) => OBD2_NAME.test(name)).length >= 2,
	],
];

/** The format of status messages that a row is evidently in; null for none of those with a preset. */
export function recogniseFormat(row: SourceRow): MessageFormat | null {
	const message = objectOf(row);
	const whole = row.wrapper ? wrappedIn(row.wrapper, message) : message;
	const evident = EVIDENT.find(([, isSo]) => isSo(message) || isSo(whole));
	return evident ? { preset: evident[0], messageId: 'message' } : null;
}

/** A row as the object that it was, or could have been. */
export function objectOf({ columns, cells }: SourceRow): JsonObject {
	const object: Record<string, unknown> = {};
	for (let at = 0; at < columns.length; at++) {
		const column = columns[at] ?? '';
		const cell = cells[at];
		if (cell === undefined) continue;
		// Assigning it would change the object's prototype.
		if (column === '__proto__') Object.defineProperty(object, column, { value: cell, enumerable: true });
		else object[column] = cell;
	}
	return object;
}

/** The payload that a message stood in, if it were the only one. */
export function wrappedIn({ path, members }: RowWrapper, message: JsonObject): JsonObject {
	const names = path.split('.');
	const whole: Record<string, unknown> = { ...members };
	let parent = whole;
	for (const name of names.slice(0, -1)) {
		const inner = parent[name];
		parent = parent[name] = isJsonObject(inner) ? { ...inner } : {};
	}
	parent[names.at(-1) ?? ''] = [message];
	return whole;
}
