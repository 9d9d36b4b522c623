import { IANAZone } from 'luxon';
import { InvalidFieldError } from '../errors';
import { nearestName } from '../nearest-name';
import { shown } from './parse-object';

/**
 * An IANA name, or `vehicle` for the vehicle's own.
 * @throws InvalidFieldError naming the nearest zone
 */
export function parseTimeZone(value: unknown, field: string): string {
	const name = typeof value === 'string' ? value.trim() : '';
	// A bare offset, as some platforms take it for a zone, would know nothing of summer time.
	if (name === 'vehicle' || (/^[A-Za-z]/.test(name) && IANAZone.isValidZone(name))) return name;
	const meant = meantBy(name);
	throw new InvalidFieldError(
		field,
		`${shown(value)} in ${field} is no known time zone`,
		`${meant === null ? '' : `Did you mean '${meant}'? `}Give an IANA name such as Europe/Berlin, UTC, or 'vehicle' for the vehicle's own.`,
	);
}

function meantBy(given: string): string | null {
	if (given === '') return null;
	const zones = [...Intl.supportedValuesOf('timeZone'), 'UTC', 'vehicle'];
	const place = given.toLowerCase().replace(/[\s-]+/g, '_');
	const byCity = zones.find((zone) => zone.toLowerCase().endsWith(`/${place}`));
	if (byCity !== undefined) return byCity;
	const nearest = nearestName(given.replace(/ /g, '_'), zones);
	if (nearest !== null && given.includes('/')) return nearest;
	const cities = new Map(zones.map((zone) => [zone.slice(zone.lastIndexOf('/') + 1), zone]));
	return cities.get(nearestName(place, cities.keys()) ?? '') ?? nearest;
}
