import type { Position } from '../../status';
import type { Aggregate } from '../pattern';
import { compareNumbers, isWithin, resolve } from './reference-comparison';
import { carries, lastReport, type Instant } from './reference-facts';
import { metersBetween } from './reference-geometry';

/** At the last of the instants that the pattern has seen. */
export function meetsAggregate(pattern: Aggregate, seen: readonly Instant[]): boolean {
	const now = seen.at(-1);
	if (now === undefined) return false;
	const { aggregate, attribute, withinSeconds, operator, value, unit } = pattern;
	const reports = seen
		.filter(({ at, isReport }) => isReport && at > now.at - withinSeconds * 1000)
		.map((instant) => lastReport(instant));
	const numbers = reports
		.filter((report) => attribute !== undefined && carries(report, attribute))
		.map(({ attributes }) => attributes[attribute ?? ''])
		.filter((one) => typeof one === 'number');
	const positions = reports.map(({ position }) => position).filter((one) => one !== null);
	const amount = aggregate === 'distance' ? kilometresAlong(positions) : amountOf(aggregate, numbers);
	if (amount === null) return false;
	if (operator === 'between') return isWithin(amount, value, now, unit);
	return compareNumbers(operator, amount, resolve(value, now, unit, aggregate === 'change'));
}

function amountOf(aggregate: Aggregate['aggregate'], numbers: readonly number[]): number | null {
	const [first, last] = [numbers.at(0), numbers.at(-1)];
	if (first === undefined || last === undefined) return null;
	const sum = numbers.reduce((total, one) => total + one, 0);
	switch (aggregate) {
		case 'min':
			return Math.min(...numbers);
		case 'max':
			return Math.max(...numbers);
		case 'sum':
			return sum;
		case 'average':
			return sum / numbers.length;
		default:
			return numbers.length < 2 ? null : last - first;
	}
}

function kilometresAlong(positions: readonly Position[]): number | null {
	if (positions.length < 2) return null;
	const legs = positions.slice(1).map((to, index) => {
		const from = positions[index];
		return from === undefined ? 0 : metersBetween(from, to);
	});
	return legs.reduce((total, leg) => total + leg, 0) / 1000;
}
