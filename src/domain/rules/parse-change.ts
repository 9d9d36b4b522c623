import { InvalidFieldError } from '../errors';
import { refuseNeedless } from './parse-comparison';
import { pathTo, refuseOthers } from './parse-object';
import type { JsonObject } from './parse-object';
import { isReferenceLike, parseReference } from './parse-reference';
import { parseUnit } from './parse-unit';
import { parseNumber, parseScalar } from './parse-value';
import type { Change, ChangeOperator } from './pattern';

/** What would have to be asked instead, for a step of nothing or a negative one. */
const OPPOSITES: Readonly<Partial<Record<ChangeOperator, ChangeOperator>>> = {
	increasedBy: 'decreasedBy',
	decreasedBy: 'increasedBy',
	risesPerMinute: 'fallsPerMinute',
	fallsPerMinute: 'risesPerMinute',
};

/**
 * The rest of a change whose attribute and operator are known already.
 * @throws InvalidFieldError naming the part that is wrong, as a dotted path from `field` on
 */
export function parseChange(
	object: JsonObject,
	field: string,
	attribute: string,
	operator: ChangeOperator,
): Change {
	refuseOthers(object, ['attribute', 'operator', 'value', 'unit'], field);
	const valueField = pathTo(field, 'value');
	const unitField = pathTo(field, 'unit');
	if (operator === 'changed') {
		refuseNeedless(object.value, valueField, "'changed' is met by any change", "use 'changedTo'");
		refuseNeedless(object.unit, unitField, "'changed' is met by any change", "use 'increasedBy'");
		return { attribute, operator };
	}
	const value = isReferenceLike(object.value)
		? parseReference(object.value, valueField, operator === 'changedTo' ? 'any' : 'number')
		: operator === 'changedTo'
			? parseScalar(object.value, valueField)
			: parseNumber(object.value, valueField, operator);
	refuseNoStep(operator, value, valueField);
	if (object.unit === undefined || object.unit === null) return { attribute, operator, value };
	if (typeof value === 'string' || typeof value === 'boolean') {
		refuseNeedless(object.unit, unitField, 'no number is measured there', 'compare with a number');
	}
	return { attribute, operator, value, unit: parseUnit(object.unit, unitField, attribute) };
}

function refuseNoStep(operator: ChangeOperator, value: unknown, field: string): void {
	const opposite = OPPOSITES[operator];
	if (opposite === undefined || typeof value !== 'number' || value > 0) return;
	throw new InvalidFieldError(
		field,
		`${value} in ${field} is no step: '${operator}' takes a number above 0`,
		value === 0
			? "Give a number above 0, or use 'changed' for any change."
			: `Use '${opposite}' with ${-value}.`,
	);
}
