import { InvalidFieldError } from '../errors';
import { attributesObject, required, text } from '../field-parsers';
import { parseGeofenceFields } from '../geofences/parse-geofence';
import { parseInstant } from '../instant';
import { parseList, parseObject, parseWord, refuseOthers, shown } from '../rules/parse-object';
import { SEVERITIES } from '../rules/rule';
import type { StatusMessage } from '../status';
import { readNdjson } from './read-ndjson';
import { problemOf, readText } from './read-text';
import type { FileProblem } from './rule-file';
import type { ExpectedFiring, Trace, TraceVehicle } from './trace';
import { parseSpan, parseTraceReports } from './trace-reports';

const FIELDS = ['description', 'vehicle', 'vehicles', 'geofences', 'reports', 'until', 'expect'] as const;
const MAX_ENTRIES = 1_000_000;
const parseKey = required(text(200));

/**
 * Reads a recorded trace from YAML, JSON, or one JSON object a line. Never throws: answers the trace, or all that is
 * wrong with it, each with its place.
 */
export function parseTrace(source: string): { trace: Trace } | { problems: readonly FileProblem[] } {
	const read = readNdjson(source) ?? readText(source);
	if ('problems' in read) return { problems: read.problems };
	const problems: FileProblem[] = [];
	const attempt = <T>(base: string, otherwise: T, parse: () => T): T => {
		try {
			return parse();
		} catch (error) {
			problems.push(problemOf(read, error, base, null));
			return otherwise;
		}
	};
	const input = attempt('', {}, () =>
		parseObject(read.value, '', '{ vehicle: B-FL 100, reports: [...], expect: [] }', 'the trace'),
	);
	attempt('', undefined, () => refuseOthers(input, FIELDS, '', 'the trace'));
	const each = <T>(name: string, parse: (value: unknown, index: number) => T[]): T[] =>
		attempt<readonly unknown[]>('', [], () => listOf(input[name], name)).flatMap((value, index) =>
			attempt(`${name}[${index}]`, [], () => parse(value, index)),
		);

	const named =
		input.vehicle === undefined
			? each('vehicles', (value) => [parseVehicle(value)])
			: attempt('vehicle', [], () => [parseVehicle(input.vehicle)]);
	const reports: StatusMessage[] = [];
	each('reports', (value) => {
		reports.push(...parseTraceReports(value, reports.at(-1) ?? null, onlyKey(named), reports.length));
		return [];
	});
	const vehicles = withReporting(named, reports);
	const last = Math.max(...reports.map(({ reportedAt }) => reportedAt));
	if (reports.length === 0 && problems.length === 0) {
		attempt('reports', undefined, () => {
			throw new InvalidFieldError('', 'The trace has no reports', 'Give at least one under "reports".');
		});
	}
	const until = attempt('until', last, () => parseUntil(input.until, last));
	const geofences = each('geofences', (value) => [
		parseGeofenceFields(parseObject(value, '', '{ name: Yard, shape: ... }', 'the geofence')),
	]);
	attempt('expect', undefined, () => {
		if (input.expect !== undefined) return;
		throw new InvalidFieldError(
			'',
			'The trace does not say what should fire',
			'Give "expect: []" for nothing.',
		);
	});
	const expect = each('expect', (value) => [parseExpected(value, onlyKey(vehicles))]);
	if (problems.length > 0) return { problems };
	return { trace: { vehicles, geofences, reports, until, expect } };
}

/** None for what is left out or empty. */
function listOf(value: unknown, name: string): readonly unknown[] {
	if (value === undefined || (Array.isArray(value) && value.length === 0)) return [];
	return parseList(value, name, MAX_ENTRIES);
}

function parseVehicle(value: unknown): TraceVehicle {
	if (typeof value === 'string' || typeof value === 'number') return plainVehicle(parseKey(value, 'vehicle'));
	const vehicle = parseObject(value, '', '{ key: B-FL 100, attributes: { maxSpeed: 80 } }', 'the vehicle');
	refuseOthers(vehicle, ['key', 'attributes', 'customer'], '', 'the vehicle');
	return {
		key: parseKey(vehicle.key ?? null, 'key'),
		attributes: attributesObject(vehicle.attributes ?? null, 'attributes'),
		customer: vehicle.customer === undefined ? null : parseCustomer(vehicle.customer),
	};
}

function parseCustomer(value: unknown): TraceVehicle['customer'] {
	if (typeof value === 'string') return { key: parseKey(value, 'customer'), attributes: {} };
	const customer = parseObject(value, 'customer', '{ key: ACME, attributes: { maxSpeed: 80 } }');
	refuseOthers(customer, ['key', 'attributes'], 'customer');
	return {
		key: parseKey(customer.key ?? null, 'customer.key'),
		attributes: attributesObject(customer.attributes ?? null, 'customer.attributes'),
	};
}

/** Vehicles that only report are vehicles of which nothing else is known. */
function withReporting(vehicles: readonly TraceVehicle[], reports: readonly StatusMessage[]): TraceVehicle[] {
	const known = new Set(vehicles.map(({ key }) => key));
	const others = new Set(reports.map(({ vehicleKey }) => vehicleKey).filter((key) => !known.has(key)));
	return [...vehicles, ...[...others].map(plainVehicle)];
}

/** The vehicle that need not be named. */
const onlyKey = (vehicles: readonly TraceVehicle[]): string | null =>
	vehicles.length === 1 ? (vehicles[0]?.key ?? null) : null;

const plainVehicle = (key: string): TraceVehicle => ({ key, attributes: {}, customer: null });

function parseUntil(value: unknown, last: number): number {
	if (value === undefined) return last;
	const isSpan = typeof value === 'number' || (typeof value === 'string' && /^[\d.]+\s*[a-z]+$/.test(value));
	const until = isSpan ? last + parseSpan(value, '') : parseInstant(value, '');
	if (until >= last) return until;
	throw new InvalidFieldError(
		'',
		`${shown(value)} in until is before the last report`,
		'Give the time at which the recording ends, or how long after the last report, e.g. 6h.',
	);
}

function parseExpected(value: unknown, only: string | null): ExpectedFiring {
	const firing = parseObject(value, '', '{ rule: Low fuel, openedAt: 2026-03-02T08:10:00Z }', 'the firing');
	refuseOthers(firing, ['rule', 'vehicle', 'openedAt', 'clearedAt', 'severity'], '', 'the firing');
	const { rule, clearedAt, severity } = firing;
	return {
		rule: rule === undefined ? null : parseKey(rule, 'rule'),
		vehicle: parseKey(firing.vehicle ?? only, 'vehicle'),
		openedAt: parseInstant(firing.openedAt, 'openedAt'),
		...(clearedAt === undefined
			? {}
			: { clearedAt: clearedAt === null ? null : parseInstant(clearedAt, 'clearedAt') }),
		...(severity === undefined ? {} : { severity: parseWord(severity, SEVERITIES, 'severity') }),
	};
}
