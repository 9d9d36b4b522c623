export type Dimension =
	'speed' | 'distance' | 'temperature' | 'volume' | 'pressure' | 'voltage' | 'time' | 'ratio';

/** In the canonical unit a value of one unit is `(value - zero) * times / per`. */
export interface Unit {
	readonly dimension: Dimension;
	readonly times: number;
	readonly per: number;
	readonly zero: number;
}

const unit = (dimension: Dimension, times = 1, per = 1, zero = 0): Unit => ({ dimension, times, per, zero });

/**
 * Units as people write them, the canonical one of each dimension first: km/h, km, °C, L, kPa, V, min, %. The factors
 * are exact by definition: NIST Special Publication 811 (2008), appendix B.8; UK gallon: The Units of Measurement
 * Regulations 1995 (UK). Consumption is not among them: miles per gallon are no multiple of litres per 100 km.
 */
export const UNITS = {
	'km/h': unit('speed'),
	mph: unit('speed', 1.609344),
	kn: unit('speed', 1.852),
	'm/s': unit('speed', 3.6),
	km: unit('distance'),
	m: unit('distance', 1, 1000),
	mi: unit('distance', 1.609344),
	nmi: unit('distance', 1.852),
	ft: unit('distance', 0.3048, 1000),
	'°C': unit('temperature'),
	'°F': unit('temperature', 5, 9, 32),
	K: unit('temperature', 1, 1, 273.15),
	L: unit('volume'),
	ml: unit('volume', 1, 1000),
	gal: unit('volume', 3.785411784),
	'gal(UK)': unit('volume', 4.54609),
	kPa: unit('pressure'),
	bar: unit('pressure', 100),
	// A pound's weight, 0.45359237 kg x 9.80665 m/s², on a square inch of 0.0254 m.
	psi: unit('pressure', 0.45359237 * 9.80665, 0.0254 * 0.0254 * 1000),
	V: unit('voltage'),
	mV: unit('voltage', 1, 1000),
	min: unit('time'),
	s: unit('time', 1, 60),
	h: unit('time', 60),
	d: unit('time', 1440),
	'%': unit('ratio'),
} as const satisfies Readonly<Record<string, Unit>>;
export type UnitName = keyof typeof UNITS;

export const UNIT_NAMES = Object.keys(UNITS) as readonly UnitName[];

export function isUnit(name: string): name is UnitName {
	return Object.hasOwn(UNITS, name);
}

/**
 * A value of `name` in its dimension's canonical unit, e.g. 60 `mph` as 96.56064 km/h. A rule's units are checked when
 * it is parsed; of an unknown one the value stays as it is.
 */
export function toCanonical(value: number, name: string): number {
	if (!isUnit(name)) return value;
	const { times, per, zero } = UNITS[name];
	return ((value - zero) * times) / per;
}

/** The same for the difference between two values: 9 `°F` are 5 degrees Celsius, wherever they lie. */
export function differenceToCanonical(value: number, name: string): number {
	if (!isUnit(name)) return value;
	const { times, per } = UNITS[name];
	return (value * times) / per;
}
