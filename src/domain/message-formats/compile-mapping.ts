import { isAbsent, type JsonObject } from '../parse-status-message-values';
import { numberOrCell } from '../mapping/cell-value';
import { timeConverter, unitConverter, type Convert } from './convert-value';
import type { AttributePath, FieldMapping, Paths } from './message-format';
import { otherFields, type OtherFields } from './other-fields';
import { fieldsReader } from './read-fields';
import { givenPath, isRootPath, pathReader, pathsOf, plainPath } from './read-path';

/** A mapping of the product's own: with conversions that no unit describes. */
export interface PresetAttribute extends AttributePath {
	/** Undefined for what is no value of the attribute. */
	readonly convert?: Convert;
}

export interface PresetMapping extends FieldMapping {
	readonly attributes?: readonly PresetAttribute[];
}

export interface Mapper {
	/**
	 * The status message in the product's own shape, unchecked. Throws `InvalidFieldError` for what cannot be converted.
	 */
	map(message: unknown, root: unknown): JsonObject;
	/** What the sender calls a field of the product's own shape. */
	pathOf(field: string, message: unknown, root: unknown): string;
}

/** A field of the product's own shape: of several paths the first that leads to a value. */
interface Target {
	/** Where the values of its paths lie among all that were read. */
	readonly slots: readonly number[];
	readonly path: string;
}

/** Works out once what is needed for each message. */
export function compileMapping(mapping: PresetMapping): Mapper {
	const { vehicle, time, latitude, longitude, heading, sequence, messageId } = mapping;
	const { rows, others } = partAttributes(mapping);
	const { target, read } = pathTable();
	const targets = {
		vehicle: target(vehicle),
		time: target(time),
		latitude: target(latitude),
		longitude: target(longitude),
		heading: target(heading),
		sequence: target(sequence),
		messageId: target(messageId),
	};
	const convertTime = timeConverter(mapping.timeForm ?? 'auto');
	const attributes = rows.map(({ name, path, unit, convert }) => ({
		name,
		from: target(path),
		convert: convert ?? unitConverter(unit),
	}));
	const readAll = read();
	const paths: Readonly<Record<string, Paths | undefined>> = {
		...{ vehicle, reportedAt: time, sequence, messageId },
		...{ 'position.latitude': latitude, 'position.longitude': longitude, 'position.heading': heading },
	};

	return {
		map(message, root) {
			const values = readAll(message, root);
			const given: Record<string, unknown> = {};
			for (const { name, from, convert } of attributes) {
				const value = firstGiven(from, values);
				const converted = value === undefined ? undefined : convert(value, from.path);
				if (converted !== undefined) given[name] = converted;
			}
			others?.add(message, given);
			const at = firstGiven(targets.time, values);
			const north = numberOrCell(firstGiven(targets.latitude, values));
			const east = numberOrCell(firstGiven(targets.longitude, values));
			const direction = numberOrCell(firstGiven(targets.heading, values));
			const hasPosition = north !== undefined || east !== undefined;
			if (!hasPosition && direction !== undefined) given.heading ??= direction;
			return {
				messageId: firstGiven(targets.messageId, values),
				vehicle: firstGiven(targets.vehicle, values),
				reportedAt: at === undefined ? at : convertTime(at, targets.time.path),
				sequence: numberOrCell(firstGiven(targets.sequence, values)),
				position: hasPosition ? { latitude: north, longitude: east, heading: direction } : undefined,
				attributes: given,
			};
		},
		pathOf(field, message, root) {
			const name = field.startsWith('attributes.') ? field.slice('attributes.'.length) : null;
			const row = mapping.attributes?.find((attribute) => attribute.name === name);
			const from = row?.path ?? paths[field];
			return (from !== undefined && givenPath(from, message, root)) || (name ?? field);
		},
	};
}

function firstGiven({ slots }: Target, values: readonly unknown[]): unknown {
	for (const slot of slots) {
		const value = values[slot];
		if (!isAbsent(value)) return value;
	}
	return undefined;
}

/** All paths of a mapping, numbered, each once. */
function pathTable() {
	const all: string[] = [];
	const slotOf = (path: string): number => {
		const known = all.indexOf(path);
		return known < 0 ? all.push(path) - 1 : known;
	};
	return {
		target(paths: Paths | undefined): Target {
			const list = pathsOf(paths);
			return { slots: list.map(slotOf), path: plainPath(list[0] ?? '') };
		},
		read() {
			const inMessage = fieldsReader(all.map((path) => (isRootPath(path) ? '' : path)));
			const inRoot = all.some(isRootPath)
				? fieldsReader(all.map((path) => (isRootPath(path) ? plainPath(path) : '')))
				: null;
			const count = all.length;
			return (message: unknown, root: unknown): readonly unknown[] => {
				const values = new Array<unknown>(count);
				inMessage(message, values);
				inRoot?.(root, values);
				return values;
			};
		},
	};
}

/** Parts the attributes that are read by their path from those that are met on the way through all other fields. */
function partAttributes(mapping: PresetMapping): {
	readonly rows: readonly PresetAttribute[];
	readonly others: OtherFields | null;
} {
	const { attributes = [], others } = mapping;
	if (others === undefined || others === false) return { rows: attributes, others: null };
	const top = others === true ? '' : `${others}.`;
	const below = (path: string) => !isRootPath(path) && path.startsWith(top);
	const onTheWay = attributes.filter(({ path }) => typeof path === 'string' && below(path));
	const rows = attributes.filter((attribute) => !onTheWay.includes(attribute));
	const named = onTheWay.map(
		({ path, name, unit, convert }) =>
			[String(path).slice(top.length), { name, convert: convert ?? unitConverter(unit) }] as const,
	);
	const taken = [...fieldPaths(mapping), ...rows.flatMap(({ path }) => pathsOf(path))].filter(below);
	const skipped = taken.map((path) => path.slice(top.length));
	const fields = otherFields(skipped, new Map(named), top);
	if (top === '') return { rows, others: fields };
	const read = pathReader(String(others));
	return { rows, others: { add: (message, given) => fields.add(read(message, message), given) } };
}

/** All paths of a mapping but those of attributes and items. */
export function fieldPaths(mapping: FieldMapping): readonly string[] {
	const { vehicle, time, sequence, messageId, latitude, longitude, heading } = mapping;
	return [vehicle, time, sequence, messageId, latitude, longitude, heading].flatMap(pathsOf);
}
