import { isAbsent, isJsonObject, type JsonObject } from '../parse-status-message-values';
import { numberOrCell } from '../mapping/cell-value';
import { timeConverter, unitConverter, type Convert } from './convert-value';
import type { AttributePath, FieldMapping, Paths } from './message-format';
import { otherFields } from './other-fields';
import { givenPath, isRootPath, pathReader, pathsOf, plainPath } from './read-path';

/** A mapping of the product's own: with conversions that no unit describes. */
export interface PresetAttribute extends AttributePath {
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

interface CompiledAttribute {
	readonly name: string;
	readonly paths: Paths;
	readonly read: (message: unknown, root: unknown) => unknown;
	readonly convert: Convert;
}

/** Works out once what is needed for each message. */
export function compileMapping(mapping: PresetMapping): Mapper {
	const { vehicle, time, latitude, longitude, heading, sequence, messageId } = mapping;
	const readers = {
		vehicle: pathReader(vehicle),
		time: pathReader(time),
		latitude: pathReader(latitude),
		longitude: pathReader(longitude),
		heading: pathReader(heading),
		sequence: pathReader(sequence),
		messageId: pathReader(messageId),
	};
	const convertTime = timeConverter(mapping.timeForm ?? 'auto');
	const { read: readOthers, others, rows } = partAttributes(mapping);
	const attributes = rows.map(({ name, path, unit, convert }): CompiledAttribute => ({
		name,
		paths: path,
		read: pathReader(path),
		convert: convert ?? unitConverter(unit),
	}));
	const fields: Readonly<Record<string, Paths | undefined>> = {
		...{ vehicle, reportedAt: time, sequence, messageId },
		...{ 'position.latitude': latitude, 'position.longitude': longitude, 'position.heading': heading },
	};

	return {
		map(message, root) {
			const values: Record<string, unknown> = {};
			for (const { name, paths, read, convert } of attributes) {
				const value = read(message, root);
				if (isAbsent(value)) continue;
				values[name] = convert(value, typeof paths === 'string' ? paths : (paths[0] ?? name));
			}
			others?.add(readOthers(message, root), values);
			const at = readers.time(message, root);
			const north = numberOrCell(readers.latitude(message, root));
			const east = numberOrCell(readers.longitude(message, root));
			const direction = numberOrCell(readers.heading(message, root));
			const hasPosition = !isAbsent(north) || !isAbsent(east);
			if (!hasPosition && !isAbsent(direction)) values.heading ??= direction;
			return {
				messageId: readers.messageId(message, root),
				vehicle: readers.vehicle(message, root),
				reportedAt: isAbsent(at) ? at : convertTime(at, givenPathOf(time)),
				sequence: numberOrCell(readers.sequence(message, root)),
				position: hasPosition ? { latitude: north, longitude: east, heading: direction } : undefined,
				attributes: values,
			};
		},
		pathOf(field, message, root) {
			const name = field.startsWith('attributes.') ? field.slice('attributes.'.length) : null;
			const row = mapping.attributes?.find((attribute) => attribute.name === name);
			const paths = row?.path ?? fields[field];
			return (paths && givenPath(paths, message, root)) || (name ?? field);
		},
	};
}

const givenPathOf = (paths: Paths): string => plainPath(pathsOf(paths)[0] ?? '');

/** Parts the attributes that are read by their path from those that are met on the way through all other fields. */
function partAttributes(mapping: PresetMapping) {
	const { attributes = [], others } = mapping;
	if (others === undefined || others === false)
		return { rows: attributes, others: null, read: () => undefined };
	const top = others === true ? '' : `${others}.`;
	const below = (path: string) => !isRootPath(path) && path.startsWith(top);
	const onTheWay = attributes.filter(({ path }) => typeof path === 'string' && below(path));
	const rows = attributes.filter((attribute) => !onTheWay.includes(attribute));
	const { vehicle, time, sequence, messageId, latitude, longitude, heading } = mapping;
	const taken = [
		vehicle,
		time,
		sequence,
		messageId,
		latitude,
		longitude,
		heading,
		...rows.map(({ path }) => path),
	];
	const skipped = taken.flatMap(pathsOf).filter(below);
	const named = onTheWay.map(
		({ path, name, unit, convert }) =>
			[String(path).slice(top.length), { name, convert: convert ?? unitConverter(unit) }] as const,
	);
	return {
		rows,
		others: otherFields(
			skipped.map((path) => path.slice(top.length)),
			new Map(named),
			top,
		),
		read: top === '' ? (message: unknown) => message : pathReader(String(others)),
	};
}

/**
 * A payload that reads as this one message of `root`: the message, or, where the mapping begins at the payload, as much
 * of that as the mapping asks for.
 */
export function alone(mapping: PresetMapping, message: unknown, root: unknown): unknown {
	const items = pathsOf(mapping.items).find((path) => !isAbsent(pathReader(path)(root, root)));
	if (items === undefined) return message;
	const payload: Record<string, unknown> = {};
	const attributes = (mapping.attributes ?? []).map(({ path }) => path);
	const { vehicle, time, sequence, messageId, latitude, longitude, heading } = mapping;
	for (const path of [
		vehicle,
		time,
		sequence,
		messageId,
		latitude,
		longitude,
		heading,
		...attributes,
	].flatMap(pathsOf)) {
		const value = isRootPath(path) ? pathReader(path)(message, root) : undefined;
		if (!isAbsent(value)) place(payload, plainPath(path), value);
	}
	place(payload, items, [message]);
	return payload;
}

function place(into: Record<string, unknown>, path: string, value: unknown): void {
	const names = path.split('.');
	let at = into;
	for (const name of names.slice(0, -1)) {
		const next = isJsonObject(at[name]) ? { ...at[name] } : {};
		at[name] = next;
		at = next;
	}
	const last = names.at(-1) ?? path;
	if (last !== '__proto__') at[last] = value;
}
