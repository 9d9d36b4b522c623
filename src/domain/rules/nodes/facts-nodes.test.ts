import type { Change, GeofencePattern, Pattern } from '../pattern';
import { followRule } from './testing/follow-rule';

describe('change', () => {
	const happens = (change: Omit<Change, 'attribute'>, from: string | number, to: string | number) => {
		const rule = followRule({ pattern: { attribute: 'a', ...change } });
		expect(rule.report(0, { a: from })).toEqual([]);
		return rule.report(30, { a: to }).length > 0;
	};

	it.each<[Omit<Change, 'attribute'>, string | number, string | number, string | number]>([
		[{ operator: 'changed' }, 'x', 'y', 'x'],
		[{ operator: 'changedTo', value: 'y' }, 'x', 'y', 'z'],
		[{ operator: 'increasedBy', value: 5 }, 10, 15, 14],
		[{ operator: 'decreasedBy', value: 5 }, 10, 5, 6],
		[{ operator: 'crossesAbove', value: 10 }, 10, 11, 10],
		[{ operator: 'crossesBelow', value: 10 }, 10, 9, 11],
		[{ operator: 'risesPerMinute', value: 10 }, 0, 5, 4.9],
		[{ operator: 'fallsPerMinute', value: 10 }, 5, 0, 0.1],
		[{ operator: 'increasedBy', value: 9, unit: '°F' }, 10, 15, 14.9],
		[{ operator: 'crossesAbove', value: 50, unit: '°F' }, 10, 10.1, 10],
	])('%j', (change, from, met, notMet) => {
		expect(happens(change, from, met)).toBe(true);
		expect(happens(change, from, notMet)).toBe(false);
	});

	it('is seen only at the report that carries the value', () => {
		const rule = followRule({ pattern: { attribute: 'a', operator: 'changed' } });
		rule.report(0, { a: 1 });
		expect(rule.report(10, { b: 1 })).toEqual([]);
		expect(rule.report(20, { a: 2 })).toEqual(['fired at 20']);
		expect(rule.report(30, { b: 1 })).toEqual(['cleared at 30']);
	});
});

describe('geofences', () => {
	const steps = (pattern: GeofencePattern) => {
		const rule = followRule({ pattern });
		// In, into the hysteresis, out of it, and in again; the yard's radius is 100 m, its hysteresis 50 m.
		return [500, 0, 140, 160, 0].map((north, i) => rule.report(i * 10, {}, north).join());
	};

	it.each<[GeofencePattern, string[]]>([
		[{ inside: { geofence: 'yard' } }, ['', 'fired at 10', '', 'cleared at 30', 'fired at 40']],
		[{ outside: { tag: 'depot' } }, ['fired at 0', 'cleared at 10', '', 'fired at 30', 'cleared at 40']],
		[{ enters: { geofence: 'yard' } }, ['', 'fired at 10', 'cleared at 20', '', 'fired at 40']],
		[{ exits: { geofence: 'yard' } }, ['', '', '', 'fired at 30', 'cleared at 40']],
		[{ dwells: { geofence: 'yard', forSeconds: 20 } }, ['', '', '', '', '']],
		[{ dwells: { geofence: 'yard', forSeconds: 10 } }, ['', '', 'fired at 20', 'cleared at 30', '']],
		[{ inside: { geofence: 'gone' } }, ['', '', '', '', '']],
	])('%j', (pattern, expected) => {
		expect(steps(pattern)).toEqual(expected);
	});

	it('does not take a first report inside for entering, nor a report without a position for leaving', () => {
		const enters = followRule({ pattern: { enters: { geofence: 'yard' } } });
		expect(enters.report(0, {}, 0)).toEqual([]);
		expect(enters.report(10, {}, 0)).toEqual([]);
		const inside = followRule({ pattern: { inside: { geofence: 'yard' } } });
		expect(inside.report(0, {}, 0)).toEqual(['fired at 0']);
		expect(inside.report(10, { speed: 3 })).toEqual([]);
		const outside = followRule({ pattern: { outside: { geofence: 'yard' } } });
		expect(outside.report(0, { speed: 3 })).toEqual([]);
	});

	it('dwells by the clock', () => {
		const rule = followRule({ pattern: { dwells: { tag: 'depot', forSeconds: 600 } } });
		rule.report(0, {}, 0);
		expect(rule.clock(1000)).toEqual(['fired at 600']);
	});
});

describe('schedule, and what joins parts', () => {
	it('looks at the clock of the vehicle', () => {
		const pattern: Pattern = {
			all: [
				{ attribute: 'speed', operator: 'gt', value: 0 },
				{ schedule: { from: '01:00', to: '02:00', timeZone: 'vehicle' } },
			],
		};
		const berlin = followRule({ pattern }, { customerAttributes: { timeZone: 'Europe/Berlin' } });
		expect(berlin.report(0, { speed: 5 })).toEqual(['fired at 0']);
		expect(followRule({ pattern }).report(0, { speed: 5 })).toEqual([]);
	});

	it('asks every part at every moment, whatever the others say', () => {
		const held: Pattern = { holds: { attribute: 'speed', operator: 'gt', value: 0 }, forSeconds: 60 };
		const rule = followRule({
			pattern: { all: [{ attribute: 'door', operator: 'eq', value: 'open' }, held] },
		});
		rule.report(0, { door: 'shut', speed: 5 });
		expect(rule.report(60, { door: 'open' })).toEqual(['fired at 60']);
		const negated = followRule({ pattern: { not: held } });
		expect(negated.report(0, { speed: 5 })).toEqual(['fired at 0']);
		expect(negated.clock(60)).toEqual(['cleared at 60']);
	});
});
