import { InvalidFieldError } from '../errors';
import { isAttributeName } from '../parse-status-message-values';
import {
	kindOf,
	parseObject,
	parseWord,
	pathTo,
	refuseOthers,
	shown,
	type JsonObject,
} from '../rules/parse-object';
import { parseUnit, unitSpelled } from '../rules/parse-unit';
import type { UnitName } from '../units';
import {
	MESSAGE_IDS,
	PRESETS,
	TIME_FORMS,
	type AttributePath,
	type FieldMapping,
	type MessageFormat,
} from './message-format';
import { parsePath, parsePaths } from './parse-paths';

const EXAMPLE = '{ preset: traccar }';
const FIELDS = ['preset', 'messageId', 'vehicleTopicLevel', 'mapping'];
const PATHS = ['items', 'vehicle', 'messageId', 'sequence', 'latitude', 'longitude', 'heading'] as const;
const MAX_LEVEL = 100;

/**
 * A format as people write it, in a file for example: a preset's name alone, or an object. `field` is the path that
 * errors name.
 * @throws InvalidFieldError
 */
export function parseMessageFormat(value: unknown, field = 'format'): MessageFormat {
	const given = typeof value === 'string' ? { preset: value } : parseObject(value, field, EXAMPLE);
	refuseOthers(given, FIELDS, field, field);
	const preset = parseWord(given.preset, PRESETS, pathTo(field, 'preset'));
	const level = parseLevel(given.vehicleTopicLevel, pathTo(field, 'vehicleTopicLevel'));
	const common = {
		messageId: parseMessageId(given.messageId, pathTo(field, 'messageId')),
		...(level === undefined ? {} : { vehicleTopicLevel: level }),
	};
	const path = pathTo(field, 'mapping');
	if (preset === 'custom') {
		return { preset, ...common, mapping: parseMapping(given.mapping, path, level !== undefined) };
	}
	if (given.mapping === undefined) return { preset, ...common };
	throw new InvalidFieldError(
		path,
		`${path} is given beside the preset '${preset}'`,
		'Leave it out, or give preset: custom to say yourself where everything lies.',
	);
}

function parseMessageId(value: unknown, field: string): MessageFormat['messageId'] {
	if (value === undefined) return 'message';
	if (typeof value !== 'object' || value === null) return parseWord(value, MESSAGE_IDS, field);
	const given = parseObject(value, field, '{ field: header.id }');
	refuseOthers(given, ['field'], field, field);
	return { field: parsePath(given.field, pathTo(field, 'field'), 'message') };
}

function parseLevel(value: unknown, field: string): number | undefined {
	if (value === undefined || value === null) return undefined;
	if (typeof value === 'number' && Number.isInteger(value) && value !== 0 && Math.abs(value) <= MAX_LEVEL)
		return value;
	throw new InvalidFieldError(
		field,
		`${shown(value)} in ${field} is no part of a topic`,
		'Count its parts from 1, or from the end as -1: 2 is TRUCK-7 in fleet/TRUCK-7/status.',
	);
}

function parseMapping(value: unknown, field: string, hasTopic: boolean): FieldMapping {
	const given = parseObject(value, field, '{ vehicle: device.id, time: timestamp, attributes: [...] }');
	refuseOthers(given, [...PATHS, 'time', 'timeForm', 'attributes', 'others'], field, field);
	if (given.vehicle === undefined && !hasTopic) {
		throw new InvalidFieldError(
			pathTo(field, 'vehicle'),
			`${pathTo(field, 'vehicle')} is missing`,
			'Say where the VIN, plate or external id of the vehicle lies, e.g. device.id, or which part of the topic it is.',
		);
	}
	if ((given.latitude === undefined) !== (given.longitude === undefined)) {
		const missing = pathTo(field, given.latitude === undefined ? 'latitude' : 'longitude');
		throw new InvalidFieldError(missing, `${missing} is missing`, 'A position needs latitude and longitude.');
	}
	const paths = PATHS.flatMap((name) =>
		given[name] === undefined
			? []
			: [[name, parsePaths(given[name], pathTo(field, name), scopeOf(name))] as const],
	);
	return {
		...Object.fromEntries(paths),
		time: parsePaths(given.time, pathTo(field, 'time'), 'anywhere'),
		...(given.timeForm === undefined
			? {}
			: { timeForm: parseWord(given.timeForm, TIME_FORMS, pathTo(field, 'timeForm')) }),
		attributes: parseAttributes(given.attributes, pathTo(field, 'attributes')),
		...(given.others === undefined ? {} : { others: parseOthers(given.others, pathTo(field, 'others')) }),
	};
}

/** An id that all messages of a payload share would make them repetitions of each other. */
const scopeOf = (name: string) => (name === 'messageId' || name === 'items' ? 'message' : 'anywhere');

function parseOthers(value: unknown, field: string): boolean | string {
	return typeof value === 'boolean' ? value : parsePath(value, field, 'message');
}

function parseAttributes(value: unknown, field: string): readonly AttributePath[] {
	if (value === undefined || value === null) return [];
	if (!Array.isArray(value)) {
		const hint = 'Give e.g. [{ path: can.speed, name: speed, unit: mph }].';
		throw new InvalidFieldError(field, `${field} is ${kindOf(value)}, not a list`, hint);
	}
	const names = new Set<string>();
	return value.map((row: unknown, index) => {
		const path = `${field}[${index}]`;
		const attribute = parseAttribute(
			parseObject(row, path, '{ path: can.speed, name: speed, unit: mph }'),
			path,
		);
		if (!names.has(attribute.name)) return names.add(attribute.name) && attribute;
		throw new InvalidFieldError(
			`${path}.name`,
			`${path}.name: '${attribute.name}' is given twice`,
			'Give each attribute one row. A row may have several paths: the first that leads to a value counts.',
		);
	});
}

function parseAttribute(given: JsonObject, field: string): AttributePath {
	refuseOthers(given, ['path', 'name', 'unit'], field, field);
	const paths = parsePaths(given.path, pathTo(field, 'path'), 'anywhere');
	const { name = typeof paths === 'string' ? paths.split('.').at(-1) : undefined } = given;
	if (typeof name !== 'string' || !isAttributeName(name.trim())) {
		throw new InvalidFieldError(
			pathTo(field, 'name'),
			`${shown(name)} in ${pathTo(field, 'name')} cannot be the name of an attribute`,
			'Give a name as rules are to use it, e.g. fuelLevel.',
		);
	}
	const unit = unitOf(given.unit, pathTo(field, 'unit'), name.trim());
	return { path: paths, name: name.trim(), ...(unit === undefined ? {} : { unit }) };
}

/** A unit in any spelling, which must fit a name that tells what it measures. */
function unitOf(value: unknown, field: string, name: string): UnitName | undefined {
	if (value === undefined || value === null || value === '') return undefined;
	const unit = (typeof value === 'string' ? unitSpelled(value) : null) ?? value;
	return parseUnit(unit, field, name);
}
