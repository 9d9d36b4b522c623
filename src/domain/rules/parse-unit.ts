import { dimensionOf } from '../attribute-dimension';
import { InvalidFieldError } from '../errors';
import { nearestName } from '../nearest-name';
import { isUnit, UNIT_NAMES, UNITS } from '../units';
import type { Dimension, UnitName } from '../units';
import { shown } from './parse-object';

/** How people and other systems write the units; without case, blanks and dots. */
const OTHER_SPELLINGS: Readonly<Partial<Record<UnitName, readonly string[]>>> = {
	'km/h': ['kmh', 'kph', 'kmph'],
	mph: ['mi/h', 'milesperhour'],
	kn: ['kt', 'kts', 'knot', 'knots'],
	'm/s': ['mps', 'ms-1'],
	km: ['kilometre', 'kilometres', 'kilometer', 'kilometers'],
	m: ['metre', 'metres', 'meter', 'meters'],
	mi: ['mile', 'miles'],
	nmi: ['nm', 'sm', 'nauticalmiles'],
	ft: ['foot', 'feet'],
	'°C': ['c', 'degc', 'celsius'],
	'°F': ['f', 'degf', 'fahrenheit'],
	K: ['kelvin'],
	L: ['litre', 'litres', 'liter', 'liters'],
	gal: ['gallon', 'gallons', 'galus', 'gal(us)', 'usgal'],
	'gal(UK)': ['galuk', 'impgal', 'gal(imp)'],
	bar: ['bars'],
	psi: ['lb/in2', 'lbf/in2'],
	V: ['volt', 'volts'],
	mV: ['millivolt', 'millivolts'],
	s: ['sec', 'secs', 'second', 'seconds'],
	min: ['mins', 'minute', 'minutes'],
	h: ['hr', 'hrs', 'hour', 'hours'],
	d: ['day', 'days'],
	'%': ['percent', 'pct'],
};

/**
 * A unit that fits what it is the unit of: an attribute by its name, or a dimension.
 * @throws InvalidFieldError
 */
export function parseUnit(value: unknown, field: string, of: string | { dimension: Dimension }): UnitName {
	const name = typeof value === 'string' ? value.trim() : '';
	if (!isUnit(name)) {
		const meant = meantBy(name);
		throw new InvalidFieldError(
			field,
			`${shown(value)} in ${field} is no known unit`,
			`${meant === null ? '' : `Did you mean '${meant}'? `}Give one of: ${UNIT_NAMES.join(', ')}.`,
		);
	}
	const dimension = typeof of === 'string' ? dimensionOf(of) : of.dimension;
	if (dimension === undefined || UNITS[name].dimension === dimension) return name;
	const what = typeof of === 'string' ? `'${of}'` : `A ${of.dimension}`;
	const fitting = UNIT_NAMES.filter((unit) => UNITS[unit].dimension === dimension);
	throw new InvalidFieldError(
		field,
		`${what} is not measured in '${name}' (${field})`,
		fitting.length === 0
			? 'Leave the unit out, and give the value as the vehicles report it.'
			: `Leave the unit out for ${fitting[0]}${fitting.length === 1 ? '' : `, or give one of: ${fitting.join(', ')}`}.`,
	);
}

/** The unit that other people write like this; null when it is none of ours. */
export function unitSpelled(given: string): UnitName | null {
	const plain = given.toLowerCase().replace(/[\s._]/g, '');
	const spelled = (unit: UnitName) =>
		unit.toLowerCase() === plain || OTHER_SPELLINGS[unit]?.includes(plain) === true;
	return UNIT_NAMES.find(spelled) ?? null;
}

function meantBy(given: string): UnitName | null {
	if (given.trim() === '') return null;
	return unitSpelled(given) ?? UNIT_NAMES.find((unit) => unit === nearestName(given, UNIT_NAMES)) ?? null;
}
