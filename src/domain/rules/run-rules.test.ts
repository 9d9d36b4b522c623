import type { Attributes } from '../attributes';
import { compileRules } from './compile-rules';
import type { RuleSet } from './compile-rules';
import type { Rule } from './rule';
import { NEVER_MET } from './rule-state';
import { runReport, runTimers } from './run-rules';
import type { RuleRun } from './run-rules';
import { makeRule } from './testing/make-rule';

const SECOND = 1000;
const low = { attribute: 'fuelLevel', operator: 'lt', value: 15 } as const;
const low60 = { holds: low, forSeconds: 60 };

const setOf = (...rules: Partial<Rule>[]): RuleSet =>
	compileRules({ rules: rules.map((rule) => makeRule(rule)), taskWatches: [], geofences: [] });

function newRun(customerId: number | null = null): RuleRun {
	const vehicle = { id: 1, customerId, attributes: {}, customerAttributes: {} };
	return { vehicle, status: null, states: new Map(), changed: new Set() };
}

function report(ruleSet: RuleSet, run: RuleRun, seconds: number, attributes: Attributes) {
	const at = seconds * SECOND;
	const times = { reportedAt: at, receivedAt: at, sequence: 0 };
	const merged = { ...run.status?.attributes, ...attributes };
	const status = { vehicleId: 1, messageId: '', ...times, position: null, attributes: merged };
	return runReport(ruleSet, run, status, attributes);
}

const inWords = (transitions: ReturnType<typeof runReport>): string[] =>
	transitions.map(({ kind, ruleId, at }) => `${ruleId} ${kind} at ${at / SECOND}`);

it('tells what fired: rule, time, severity and the values that met it', () => {
	const run = newRun();
	const rule = makeRule();
	const transitions = report(compileRules({ rules: [rule], taskWatches: [], geofences: [] }), run, 5, {
		fuelLevel: 9,
		speed: 3,
	});
	expect(transitions).toEqual([
		{
			kind: 'fired',
			ruleId: 1,
			rule,
			taskId: null,
			at: 5 * SECOND,
			severity: 'warning',
			evidence: { fuelLevel: 9 },
		},
	]);
	expect([...run.changed]).toEqual([1]);
});

it('rings what was due before a report first, then goes by rule id; at the same time the report comes first', () => {
	const ruleSet = setOf(
		{ id: 3 },
		{ id: 2, pattern: low60 },
		{ id: 1, pattern: { absent: { forSeconds: 30 } } },
	);
	const run = newRun();
	expect(inWords(report(ruleSet, run, 0, { fuelLevel: 9 }))).toEqual(['3 fired at 0']);
	expect(inWords(report(ruleSet, run, 60, { fuelLevel: 20 }))).toEqual([
		'1 fired at 30',
		'1 cleared at 60',
		'3 cleared at 60',
	]);
	expect(inWords(runTimers(ruleSet, run, 1000 * SECOND))).toEqual(['1 fired at 90']);
});

it('ends at the next report what watches the vehicle no more, and keeps what cooldown and daily limit need', () => {
	const fire = { on: 'edge', cooldownSeconds: 100, maxPerDay: 5 } as const;
	const before = setOf({ fire, scope: { vehicles: 'customer', customerId: 2 } });
	const run = newRun(2);
	expect(inWords(report(before, run, 0, { fuelLevel: 9 }))).toEqual(['1 fired at 0']);
	const moved = { ...run, vehicle: { ...run.vehicle, customerId: 3 } };
	expect(inWords(report(before, moved, 10, { fuelLevel: 9 }))).toEqual(['1 cleared at 10']);
	const firedOn = { day: '1970-01-01', times: 1 };
	expect(run.states.get(1)).toEqual({ ...NEVER_MET, lastFiredAt: 0, firedOn });
});

it('ends what is gone, and rings it no more', () => {
	const run = newRun();
	report(setOf({ pattern: { any: [low, low60] } }), run, 0, { fuelLevel: 9 });
	const none = setOf();
	expect(runTimers(none, run, 100 * SECOND)).toEqual([]);
	expect(run.states.get(1)?.dueAt).toBeNull();
	const [cleared] = report(none, run, 101, { fuelLevel: 9 });
	expect(cleared).toMatchObject({ kind: 'cleared', ruleId: 1, rule: null, evidence: {} });
});

it('drops what a rule of another shape has remembered', () => {
	const run = newRun();
	report(setOf({ pattern: low60 }), run, 0, { fuelLevel: 9 });
	const counted = setOf({ pattern: { count: low, times: 2, withinSeconds: 100 } });
	expect(report(counted, run, 1, { fuelLevel: 9 })).toEqual([]);
	expect(report(counted, run, 2, { fuelLevel: 20 })).toEqual([]);
	expect(inWords(report(counted, run, 3, { fuelLevel: 9 }))).toEqual(['1 fired at 3']);
});

it('begins with silence for a vehicle that does not report any more, once it is woken', () => {
	const run = newRun();
	report(setOf(), run, 0, {});
	run.states.set(1, { ...NEVER_MET, dueAt: 500 * SECOND });
	const ruleSet = setOf({ pattern: { absent: { forSeconds: 60 } } });
	expect(inWords(runTimers(ruleSet, run, 500 * SECOND))).toEqual(['1 fired at 500']);
});

it('asks clear and escalations only while the rule is met', () => {
	const speeding = { attribute: 'speed', operator: 'gt', value: 80 } as const;
	const ruleSet = setOf({
		clear: { holds: { not: low }, forSeconds: 30 },
		escalations: [{ severity: 'critical', when: { count: speeding, times: 2, withinSeconds: 100 } }],
	});
	const run = newRun();
	report(ruleSet, run, 0, { fuelLevel: 20, speed: 90 });
	report(ruleSet, run, 1, { speed: 0 });
	expect(inWords(report(ruleSet, run, 2, { fuelLevel: 9, speed: 90 }))).toEqual(['1 fired at 2']);
	expect(report(ruleSet, run, 3, { speed: 0 })).toEqual([]);
	expect(inWords(report(ruleSet, run, 4, { speed: 90 }))).toEqual(['1 escalated at 4']);
	report(ruleSet, run, 10, { fuelLevel: 20 });
	expect(inWords(runTimers(ruleSet, run, 100 * SECOND))).toEqual(['1 cleared at 40']);
	expect(run.states.get(1)).toEqual({ ...NEVER_MET, lastFiredAt: 2 * SECOND });
});
