import type { AttributeValue } from '../../attributes';
import { attributeOf, valueTimeOf } from '../facts';
import { operandOf } from '../operand';
import type { Operand } from '../operand';
import type { Change } from '../pattern';
import type { VehicleStatus } from '../../status';
import type { Moment } from './moment';
import type { PatternNode } from './pattern-node';

const MINUTE_MS = 60_000;

/** Remembers nothing: the value before is in the vehicle's status as it was before the report. */
export function changeNode(pattern: Change): PatternNode {
	const { attribute } = pattern;
	const meets = changeTest(pattern);
	return {
		pattern,
		parts: [],
		remember: null,
		meets(moment) {
			const { carried, before } = moment;
			if (carried === null || before === null || !Object.hasOwn(carried, attribute)) return false;
			const current = attributeOf(moment, attribute);
			const previous = attributeOf(before, attribute);
			return current !== undefined && previous !== undefined && meets(current, previous, moment, before);
		},
		detail: (moment) => `${attribute} is ${JSON.stringify(attributeOf(moment, attribute) ?? null)}`,
	};
}

type ChangeTest = (
	current: AttributeValue,
	previous: AttributeValue,
	moment: Moment,
	before: VehicleStatus,
) => boolean;

function changeTest(pattern: Change): ChangeTest {
	const { attribute, operator, value, unit } = pattern;
	if (operator === 'changed') return (current, previous) => current !== previous;
	if (value === undefined) return () => false;
	const level = operandOf(value, unit);
	const step = operandOf(value, unit, { isDifference: true });
	switch (operator) {
		case 'changedTo':
			return (current, previous, moment) => {
				const wanted = level(moment);
				return current === wanted && previous !== wanted;
			};
		case 'increasedBy':
			return ofNumbers(step, (current, previous, bound) => current - previous >= bound);
		case 'decreasedBy':
			return ofNumbers(step, (current, previous, bound) => previous - current >= bound);
		case 'crossesAbove':
			return ofNumbers(level, (current, previous, bound) => previous <= bound && bound < current);
		case 'crossesBelow':
			return ofNumbers(level, (current, previous, bound) => previous >= bound && bound > current);
		case 'risesPerMinute':
			return perMinute(attribute, step, (current, previous) => current - previous);
		case 'fallsPerMinute':
			return perMinute(attribute, step, (current, previous) => previous - current);
	}
}

function ofNumbers(
	operand: Operand,
	meets: (current: number, previous: number, bound: number) => boolean,
): ChangeTest {
	return (current, previous, moment) => {
		const bound = operand(moment);
		return (
			typeof current === 'number' &&
			typeof previous === 'number' &&
			typeof bound === 'number' &&
			meets(current, previous, bound)
		);
	};
}

function perMinute(
	attribute: string,
	operand: Operand,
	difference: (current: number, previous: number) => number,
): ChangeTest {
	return (current, previous, moment, before) => {
		const bound = operand(moment);
		if (typeof current !== 'number' || typeof previous !== 'number' || typeof bound !== 'number')
			return false;
		const minutes = (moment.at - valueTimeOf(before, attribute)) / MINUTE_MS;
		return minutes > 0 && difference(current, previous) / minutes >= bound;
	};
}
