import { InvalidFieldError } from '../errors';
import { otherOperator } from './operator-spellings';
import { refuseNeedless } from './parse-comparison';
import { parseWord, pathTo, refuseOthers } from './parse-object';
import type { JsonObject } from './parse-object';
import { parseSeconds } from './parse-quantity';
import { isReferenceLike, parseReference } from './parse-reference';
import { parseUnit } from './parse-unit';
import { parseAttributeName, parseBounds, parseNumber } from './parse-value';
import { AGGREGATES } from './pattern';
import type { Aggregate } from './pattern';

const OPERATORS = ['lt', 'lte', 'gt', 'gte', 'between'] as const;

const OTHER_NAMES: Readonly<Record<string, Aggregate['aggregate']>> = {
	avg: 'average',
	mean: 'average',
	minimum: 'min',
	maximum: 'max',
	total: 'sum',
	delta: 'change',
	difference: 'change',
	travelled: 'distance',
};

/** @throws InvalidFieldError naming the part that is wrong, as a dotted path from `field` on */
export function parseAggregate(object: JsonObject, field: string): Aggregate {
	refuseOthers(object, ['aggregate', 'attribute', 'withinSeconds', 'operator', 'value', 'unit'], field);
	const aggregate = parseWord(
		object.aggregate,
		AGGREGATES,
		pathTo(field, 'aggregate'),
		(given) => OTHER_NAMES[given.toLowerCase()] ?? null,
	);
	const attributeField = pathTo(field, 'attribute');
	const isDistance = aggregate === 'distance';
	if (isDistance) {
		const why = "'distance' is that between the reported positions";
		refuseNeedless(object.attribute, attributeField, why, "use 'change' of an odometer");
	}
	const attribute = isDistance ? null : parseAttributeName(object.attribute, attributeField);
	const withinSeconds = parseSeconds(object.withinSeconds, pathTo(field, 'withinSeconds'));
	const operator = parseWord(object.operator, OPERATORS, pathTo(field, 'operator'), (given) => {
		const meant = otherOperator(given);
		return OPERATORS.find((one) => one === meant) ?? null;
	});
	const valueField = pathTo(field, 'value');
	const value = parseValue(object.value, operator, valueField);
	const unitField = pathTo(field, 'unit');
	const isLeftOut = object.unit === undefined || object.unit === null;
	if (isDistance) refuseNegative(value, valueField);
	return {
		aggregate,
		...(attribute === null ? {} : { attribute }),
		withinSeconds,
		operator,
		value,
		...(isLeftOut ? {} : { unit: parseUnit(object.unit, unitField, attribute ?? { dimension: 'distance' }) }),
	};
}

function parseValue(value: unknown, operator: Aggregate['operator'], field: string): Aggregate['value'] {
	if (operator === 'between') return parseBounds(value, field);
	return isReferenceLike(value)
		? parseReference(value, field, 'number')
		: parseNumber(value, field, operator);
}

function refuseNegative(value: Aggregate['value'], field: string): void {
	const least = Array.isArray(value) ? (value as readonly number[])[0] : value;
	if (typeof least !== 'number' || least >= 0) return;
	throw new InvalidFieldError(field, `${least} in ${field} is no distance`, 'Give 0 or more.');
}
