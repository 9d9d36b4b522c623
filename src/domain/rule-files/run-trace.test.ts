import { compileRules } from '../rules/compile-rules';
import { replay, replayReport, startRun } from '../rules/replay';
import { parseRuleFields } from '../rules/parse-rule';
import { runTimers } from '../rules/run-rules';
import { makeRule } from '../rules/testing/make-rule';
import { compareFirings } from './compare-firings';
import { parseTrace } from './parse-trace';
import type { FileRule, FileScope } from './rule-file';
import { runTrace } from './run-trace';
import type { Trace } from './trace';

const START = Date.UTC(2026, 2, 2, 8);

function traceOf(text: string): Trace {
	const parsed = parseTrace(text);
	if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems));
	return parsed.trace;
}

function fileRule(fields: Record<string, unknown>, scope: FileScope = { vehicles: 'all' }): FileRule {
	const pattern = { attribute: 'speed', operator: 'gt', value: 100 };
	return { ...parseRuleFields({ name: 'Fast', pattern, ...fields }), scope };
}

const TWO = `
vehicles: [{ key: A, customer: ACME }, B]
reports:
  - { reportedAt: 2026-03-02T08:00:00Z, vehicle: A, speed: 120 }
  - { after: 10s, vehicle: B, speed: 130 }
  - { after: 10s, vehicle: A, speed: 90 }
expect: []
`;
const opened = (rule: FileRule, trace = traceOf(TWO)) =>
	runTrace([rule], [], trace).map(({ vehicle, openedAt }) => [vehicle, (openedAt - START) / 1000]);

describe('runTrace', () => {
	it('tells when firings open and end, in the order in which they open', () => {
		expect(
			runTrace(
				[
					fileRule({}),
					fileRule({ name: 'Never', pattern: { any: [{ attribute: 'x', operator: 'exists' }] } }),
				],
				[],
				traceOf(TWO),
			),
		).toEqual([
			{ rule: 'Fast', vehicle: 'A', openedAt: START, clearedAt: START + 20_000, severity: 'warning' },
			{ rule: 'Fast', vehicle: 'B', openedAt: START + 10_000, clearedAt: null, severity: 'warning' },
		]);
	});

	it.each<[string, FileScope, string[]]>([
		['a vehicle', { vehicles: 'vehicle', vehicle: 'B' }, ['B']],
		['a vehicle that is not in the trace', { vehicles: 'vehicle', vehicle: 'C' }, []],
		['a customer', { vehicles: 'customer', customer: 'ACME' }, ['A']],
		['a customer that is not in the trace', { vehicles: 'customer', customer: 'X' }, []],
		['tasks, as if each vehicle had one', { vehicles: 'tasks' }, ['A', 'B']],
	])('watches %s', (_what, scope, vehicles) => {
		expect(opened(fileRule({ enabled: false }, scope)).map(([vehicle]) => vehicle)).toEqual(vehicles);
	});

	it('takes reports in the order in which they arrive: a late one changes nothing', () => {
		const late = TWO.replace(
			'after: 10s, vehicle: A, speed: 90',
			'reportedAt: 2026-03-02T07:00:00Z, vehicle: A, speed: 0',
		);
		const [first] = runTrace([fileRule({})], [], traceOf(late));
		expect(first).toMatchObject({ vehicle: 'A', clearedAt: null });
	});

	it('keeps the highest severity', () => {
		const escalations = [{ severity: 'critical', when: { attribute: 'speed', operator: 'gt', value: 150 } }];
		const trace = traceOf(
			TWO.replace('speed: 90', 'speed: 160').replace(
				'expect',
				'  - { after: 5s, vehicle: A, speed: 110 }\nexpect',
			),
		);
		expect(runTrace([fileRule({ escalations })], [], trace)[0]).toMatchObject({
			severity: 'critical',
			clearedAt: null,
		});
	});

	it('prefers the geofences of the trace to those of the file', () => {
		const fence = (latitude: number) => ({
			name: 'Yard',
			tags: [],
			shape: { type: 'circle' as const, center: [13, latitude] as const, radiusMeters: 100 },
			hysteresisMeters: 0,
		});
		const rule = fileRule({ pattern: { inside: { geofence: 'Yard' } } });
		const trace = traceOf(TWO.replace('speed: 120', 'latitude: 50, longitude: 13'));
		expect(runTrace([rule], [fence(50)], trace)).toHaveLength(1);
		expect(runTrace([rule], [fence(50)], { ...trace, geofences: [fence(51)] })).toEqual([]);
	});
});

describe('replay', () => {
	it('does the same in one go as report by report', () => {
		const rule = makeRule({
			pattern: { holds: { attribute: 'speed', operator: 'gt', value: 100 }, forSeconds: 15 },
			fire: { on: 'edge', cooldownSeconds: 0, remindEverySeconds: 60 },
		});
		const ruleSet = () => compileRules({ rules: [rule], taskWatches: [], geofences: [] });
		const vehicle = { id: 7, customerId: null, attributes: {}, customerAttributes: {} };
		const { reports } = traceOf(
			TWO.replaceAll('speed: 90', 'speed: 110').replaceAll(/vehicle: [AB]/g, 'vehicle: A'),
		);
		const until = START + 120_000;
		const whole = replay(ruleSet(), vehicle, reports, until);
		const run = startRun(vehicle);
		const set = ruleSet();
		const steps = reports.flatMap((report) => [...replayReport(set, run, report)]);
		expect([...steps, ...runTimers(set, run, until)]).toEqual(whole);
		expect(whole.map(({ kind, at }) => [kind, (at - START) / 1000])).toEqual([
			['fired', 15],
			['reminded', 75],
		]);
		expect(run.status).toMatchObject({ vehicleId: 7, reportedAt: START + 20_000 });
	});
});

describe('compareFirings', () => {
	it('pairs by opening, and compares what is expected of each', () => {
		const trace = traceOf(
			TWO.replace(
				'[]',
				`
  - { vehicle: A, openedAt: 2026-03-02T08:00:00Z, clearedAt: 2026-03-02T08:00:20Z }
  - { rule: Fast, vehicle: B, openedAt: 2026-03-02T08:00:10Z, severity: critical }
  - { rule: Slow, vehicle: A, openedAt: 2026-03-02T08:00:00Z }`,
			),
		);
		const compared = compareFirings(trace, runTrace([fileRule({}), fileRule({ name: 'Quick' })], [], trace));
		expect(compared.map(({ outcome, fired, expected }) => [outcome, fired?.rule, expected?.vehicle])).toEqual(
			[
				['as expected', 'Fast', 'A'],
				['missing', undefined, 'A'],
				['unexpected', 'Quick', undefined],
				['different', 'Fast', 'B'],
				['unexpected', 'Quick', undefined],
			],
		);
	});
});
