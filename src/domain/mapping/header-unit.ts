import { dimensionOf } from '../attribute-dimension';
import { unitSpelled } from '../rules/parse-unit';
import { UNITS, type UnitName } from '../units';

export interface HeaderUnit {
	/** The header without its unit. */
	readonly name: string;
	/** Undefined where values are to stay as they are: what is counted in it is none of our dimensions. */
	readonly unit: UnitName | undefined;
}

const BRACKETED = /^(.*\S)\s*[([{]\s*(?:in\s+)?([^()[\]{}]{1,20}?)\s*[)\]}]$/u;
const BARE = /^(.*?[\p{L}\p{N}])(?:[\s_]+in[\s_]+|[\s_,-]+)([^\s_,-]{1,10})$/u;
const MAX_HEADER = 200;
/** Last words that are a unit even where nothing says what they measure. */
const CERTAIN =
	/^(?:km|mi|miles|km\/?h|kmh|kph|mph|l|lit(?:er|re)s?|gal(?:lons?)?|ml|bar|psi|kpa|°c|°f|percent|%)$/;
/** As a dimension's unit these would make other numbers of lengths and of terms. */
const NEEDS_DIMENSION = new Set<UnitName>(['m', 'ft', 's', 'min', 'h', 'd', 'K']);

/**
 * The unit that a header names: `Odometer (mi)`, `Speed [km/h]`, `Kilometerstand in km`, `Tank size l`. Null when
 * there is none, or when what follows may be something else: a unit has to fit what the name measures.
 */
export function headerUnit(header: string): HeaderUnit | null {
	const trimmed = header.trim();
	if (trimmed.length > MAX_HEADER) return null;
	const bracketed = BRACKETED.exec(trimmed);
	const match = bracketed ?? BARE.exec(trimmed);
	if (!match) return null;
	const [, name = '', spelled = ''] = match;
	// `Size L` is no volume.
	if (!bracketed && /^\p{Lu}$/u.test(spelled)) return null;
	if (/\b(?:per|pro|par|por|je)$/i.test(name)) return null;
	const unit = unitSpelled(spelled);
	if (unit === null) return null;
	const dimension = dimensionOf(name);
	if (dimension === UNITS[unit].dimension) return { name, unit };
	if (dimension === null) return { name, unit: undefined };
	if (dimension !== undefined || NEEDS_DIMENSION.has(unit)) return null;
	return bracketed || CERTAIN.test(spelled.toLowerCase()) ? { name, unit } : null;
}
