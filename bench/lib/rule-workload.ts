import type { Attributes, AttributeValue } from '../../src/domain/attributes';
import type { Comparison } from '../../src/domain/rules/pattern';
import type { Rule } from '../../src/domain/rules/rule';
import { seededRandom } from './random';

const NUMBERS = [
	'fuelLevel',
	'speed',
	'odometer',
	'coolantTemperature',
	'batteryVoltage',
	'engineLoad',
	'rpm',
	'tyrePressure',
	'adBlueLevel',
	'cargoTemperature',
];
/** Attributes with a few words for values; per name, how many. */
const WORDS: readonly (readonly [string, number])[] = [
	['driver', 50],
	['depot', 20],
	['gear', 10],
	['engineState', 5],
];
/** The share of reports that each rule is met by. */
const SELECTIVITY = 0.001;

/** Reports as a fleet sends them: ten numbers, evenly spread over 0 to 100, and four words. */
export function makeReports(count: number, seed = 1): Attributes[] {
	const random = seededRandom(seed);
	return Array.from({ length: count }, () => {
		const report: Record<string, number | string> = {};
		for (const name of NUMBERS) report[name] = random() * 100;
		for (const [name, words] of WORDS) report[name] = `${name}-${Math.floor(random() * words)}`;
		return report;
	});
}

/** By how much a number moves at most from one report to the next, where it is not `SLOW_STEP`. */
const STEPS: Readonly<Record<string, number>> = { speed: 5, rpm: 5, engineLoad: 5 };
const SLOW_STEP = 0.1;

/**
 * What the same vehicles report next, half a minute later: speed and engine have moved by up to 5 of 100, the other
 * numbers by up to 0.1, and one word in five hundred is another; all of it `liveliness` times as much.
 */
export function nextReports(reports: readonly Attributes[], seed = 3, liveliness = 1): Attributes[] {
	const random = seededRandom(seed);
	const words = new Map(WORDS);
	return reports.map((report) => {
		const next: Record<string, AttributeValue> = {};
		for (const [name, value] of Object.entries(report)) {
			if (typeof value === 'number') {
				const step = (STEPS[name] ?? SLOW_STEP) * liveliness;
				const moved = Math.abs(value + (random() * 2 - 1) * step);
				next[name] = moved > 100 ? 200 - moved : moved;
			} else {
				const isOther = random() < 0.002 * liveliness;
				next[name] = isOther ? `${name}-${Math.floor(random() * (words.get(name) ?? 1))}` : value;
			}
		}
		return next;
	});
}

/**
 * Rules of two or three comparisons, joined by all, that one report in a thousand meets. Three in four have an
 * equality, unless `equalities` is false.
 */
export function makeRules(
	count: number,
	{ equalities, seed = 2 }: { equalities: boolean; seed?: number },
): Rule[] {
	const random = seededRandom(seed);
	const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;

	/** A bound on one side, or on both, that `share` of the reports meet. */
	function range(attribute: string, share: number): Comparison {
		const kind = random();
		if (kind < 0.35) return { attribute, operator: 'lt', value: share * 100 };
		if (kind < 0.7) return { attribute, operator: 'gt', value: 100 - share * 100 };
		const low = random() * (1 - share) * 100;
		return { attribute, operator: 'between', value: [low, low + share * 100] };
	}

	return Array.from({ length: count }, (_, index) => {
		const hasEquality = equalities && random() < 0.75;
		const length = 2 + Math.floor(random() * 2);
		const all: Comparison[] = [];
		let share = SELECTIVITY;
		if (hasEquality) {
			const [attribute, words] = pick(WORDS);
			all.push({ attribute, operator: 'eq', value: `${attribute}-${Math.floor(random() * words)}` });
			share *= words;
		}
		const names = NUMBERS.toSorted(() => random() - 0.5).slice(0, length - all.length);
		// Ranges differ in width, or no index could tell the better one.
		const weights = names.map(() => 0.5 + random());
		const sum = weights.reduce((total, weight) => total + weight, 0);
		names.forEach((name, i) => all.push(range(name, share ** ((weights[i] ?? 1) / sum))));
		return {
			id: index + 1,
			name: `Rule ${index + 1}`,
			severity: 'info',
			enabled: true,
			scope: { vehicles: 'all' },
			pattern: { all },
			fire: { on: 'edge', cooldownSeconds: 0 },
			actions: [],
			version: 1,
			shadowOf: null,
			createdAt: 0,
			updatedAt: 0,
		};
	});
}
