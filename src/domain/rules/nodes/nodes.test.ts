import type { Pattern } from '../pattern';
import { followRule } from './testing/follow-rule';

const low: Pattern = { attribute: 'fuel', operator: 'lt', value: 15 };
const fast: Pattern = { attribute: 'speed', operator: 'gt', value: 80 };

describe('holds', () => {
	const pattern: Pattern = { holds: low, forSeconds: 60 };

	it('rings when it has held for so long, though no report comes', () => {
		const rule = followRule({ pattern });
		expect(rule.report(0, { fuel: 10 })).toEqual([]);
		expect(rule.report(30, { fuel: 9 })).toEqual([]);
		expect(rule.clock(59)).toEqual([]);
		expect(rule.clock(1000)).toEqual(['fired at 60']);
		expect(rule.report(1001, { fuel: 20 })).toEqual(['cleared at 1001']);
		expect(rule.run.states.get(1)).toMatchObject({ isMet: false, memory: null, dueAt: null });
	});

	it('begins anew after one report that does not meet it', () => {
		const rule = followRule({ pattern });
		rule.report(0, { fuel: 10 });
		expect(rule.report(59, { fuel: 15 })).toEqual([]);
		expect(rule.run.states.size).toBe(0);
		rule.report(60, { fuel: 10 });
		expect(rule.report(119, { fuel: 10 })).toEqual([]);
		expect(rule.report(120, { fuel: 10 })).toEqual(['fired at 120']);
	});

	it('is not met over a gap, neither by the clock nor by the report after it', () => {
		const rule = followRule({ pattern, maxGapSeconds: 40 });
		rule.report(0, { fuel: 10 });
		expect(rule.clock(1000)).toEqual([]);
		expect(rule.report(1000, { fuel: 10 })).toEqual([]);
		expect(rule.report(1040, { fuel: 10 })).toEqual([]);
		expect(rule.clock(1060)).toEqual(['fired at 1060']);
		expect(rule.report(1081, { fuel: 10 })).toEqual(['cleared at 1081']);
	});
});

describe('count', () => {
	it('counts how often it became met within the window', () => {
		const rule = followRule({ pattern: { count: fast, times: 2, withinSeconds: 60 } });
		expect(rule.report(0, { speed: 90 })).toEqual([]);
		expect(rule.report(10, { speed: 90 })).toEqual([]);
		expect(rule.report(20, { speed: 50 })).toEqual([]);
		expect(rule.report(60, { speed: 90 })).toEqual([]);
		expect(rule.report(70, { speed: 50 })).toEqual([]);
		expect(rule.report(119, { speed: 90 })).toEqual(['fired at 119']);
		expect(rule.report(120, { speed: 50 })).toEqual(['cleared at 120']);
	});

	it('counts reports, and remembers no more than it needs', () => {
		const rule = followRule({ pattern: { count: fast, of: 'reports', times: 2, withinSeconds: 60 } });
		expect(rule.report(0, { speed: 90 })).toEqual([]);
		expect(rule.report(1)).toEqual(['fired at 1']);
		for (let second = 2; second < 20; second++) expect(rule.report(second)).toEqual([]);
		expect(JSON.stringify(rule.run.states.get(1)?.memory).length).toBeLessThan(60);
		expect(rule.report(79, { speed: 0 })).toEqual(['cleared at 79']);
		expect(rule.run.states.get(1)?.memory).toBeNull();
	});
});

describe('aggregate', () => {
	it.each([
		['min', 4, [5, 9, 4], [5, 9, 4.5]],
		['max', 4, [1, 2, 3], [1, 5, 3]],
		['average', 4, [2, 4, 6], [4, 5, 6]],
		['sum', 12, [2, 4, 6], [4, 4, 5]],
		['change', 4, [2, 0, 6], [2, 0, 7]],
	] as const)('%s is at most %d', (aggregate, value, met, notMet) => {
		const last = (values: readonly number[]) => {
			const pattern: Pattern = { aggregate, attribute: 'a', withinSeconds: 60, operator: 'lte', value };
			const rule = followRule({ pattern, fire: { on: 'edge', cooldownSeconds: 0 } });
			values.forEach((a, i) => rule.report(i, { a }));
			return rule.run.states.get(1)?.isMet;
		};
		expect([last(met), last(notMet)]).toEqual([true, false]);
	});

	it('forgets what is older than the window, and takes numbers only', () => {
		const pattern: Pattern = {
			aggregate: 'sum',
			attribute: 'a',
			withinSeconds: 10,
			operator: 'gt',
			value: 5,
		};
		const rule = followRule({ pattern });
		expect(rule.report(0, { a: 3 })).toEqual([]);
		expect(rule.report(5, { a: 'three' })).toEqual([]);
		expect(rule.report(9, { a: 3 })).toEqual(['fired at 9']);
		expect(rule.report(10)).toEqual(['cleared at 10']);
		expect(rule.report(19)).toEqual([]);
		expect(rule.run.states.get(1)?.memory).toBeNull();
	});

	it('stays small and right over thousands of reports', () => {
		const pattern: Pattern = {
			aggregate: 'sum',
			attribute: 'a',
			withinSeconds: 10,
			operator: 'gte',
			value: 10,
		};
		const rule = followRule({ pattern });
		const happened = Array.from({ length: 2000 }, (_, second) => rule.report(second, { a: 1 })).flat();
		expect(happened).toEqual(['fired at 9']);
		expect(JSON.stringify(rule.run.states.get(1)?.memory).length).toBeLessThan(1000);
	});

	it('measures the way', () => {
		const pattern: Pattern = { aggregate: 'distance', withinSeconds: 60, operator: 'gte', value: 2 };
		const rule = followRule({ pattern });
		expect(rule.report(0, {}, 0)).toEqual([]);
		expect(rule.report(10, {}, 1500)).toEqual([]);
		expect(rule.report(20, { speed: 3 })).toEqual([]);
		expect(rule.report(30, {}, 900)).toEqual(['fired at 30']);
		expect(rule.report(60, { speed: 3 })).toEqual(['cleared at 60']);
		expect(rule.report(200, { speed: 3 })).toEqual([]);
		expect(rule.run.states.get(1)?.memory).toBeNull();
	});
});

describe('absence', () => {
	it('fires by the clock, and does not rewrite its state at each report', () => {
		const rule = followRule({ pattern: { absent: { forSeconds: 100 } } });
		rule.report(0);
		rule.run.changed.clear();
		for (let second = 10; second <= 90; second += 10) rule.report(second);
		expect(rule.run.changed.size).toBe(0);
		expect(rule.clock(189)).toEqual([]);
		expect(rule.clock(1000)).toEqual(['fired at 190']);
		expect(rule.report(1001)).toEqual(['cleared at 1001']);
		expect(rule.report(1101)).toEqual([]);
		expect(rule.clock(1201)).toEqual(['fired at 1201']);
	});

	it('of one attribute begins with its first value', () => {
		const rule = followRule({ pattern: { absent: { attribute: 'temperature', forSeconds: 100 } } });
		expect(rule.report(0)).toEqual([]);
		expect(rule.clock(1000)).toEqual([]);
		rule.report(1000, { temperature: 4 });
		expect(rule.report(1090, { speed: 1 })).toEqual([]);
		expect(rule.report(1120, { speed: 1 })).toEqual(['fired at 1100']);
		expect(rule.report(1130, { temperature: 4 })).toEqual(['cleared at 1130']);
	});
});

describe('sequence', () => {
	it('then: the second is met when the first was, earlier and not too long ago', () => {
		const rule = followRule({ pattern: { first: low, then: fast, withinSeconds: 60 } });
		expect(rule.report(0, { fuel: 10, speed: 90 })).toEqual([]);
		expect(rule.report(0, { fuel: 20 })).toEqual(['fired at 0']);
		expect(rule.report(60)).toEqual([]);
		expect(rule.report(61)).toEqual(['cleared at 61']);
		expect(rule.run.states.get(1)?.memory).toBeNull();
	});

	it('thenNot: fires by the clock unless the second comes', () => {
		const rule = followRule({ pattern: { first: low, thenNot: fast, withinSeconds: 60 } });
		rule.report(0, { fuel: 10, speed: 0 });
		expect(rule.report(30, { speed: 90 })).toEqual([]);
		expect(rule.clock(1000)).toEqual([]);
		rule.report(1000, { fuel: 20, speed: 0 });
		rule.report(1001, { fuel: 10 });
		rule.report(1002, { fuel: 20 });
		expect(rule.clock(1061)).toEqual(['fired at 1061']);
		expect(rule.report(1070, { speed: 90 })).toEqual(['cleared at 1070']);
	});
});
