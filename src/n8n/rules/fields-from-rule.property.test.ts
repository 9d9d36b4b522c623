import * as fc from 'fast-check';
import { AGGREGATES, WEEKDAYS, type Pattern, type Schedule } from '../../domain/rules/pattern';
import { SEVERITIES, type RuleFields } from '../../domain/rules/rule';
import { parseRuleFields } from '../../domain/rules/parse-rule';
import { arbitraryRules } from '../../domain/rules/testing/arbitrary-rules';
import { fieldsFromRule } from './fields-from-rule';
import { ruleFromFields } from './rule-from-fields';

const name = fc.oneof(
	fc.constantFrom('fuelLevel', 'speed', 'engine', 'brake light'),
	fc.stringMatching(/^[a-z]{1,5}$/),
);
const seconds = fc.integer({ min: 1, max: 100_000 });
const number = fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }));
const text = fc.oneof(
	fc.constantFrom('', ' ', '15', 'true', '"x"', ' a ', '[1]', '-', 'a, b', '"'),
	fc.string(),
);
const value = fc.oneof(number, text, fc.boolean());
const sum = {
	times: fc.double({ min: 0.5, max: 3, noNaN: true }).filter((one) => one !== 1),
	plus: fc.integer({ min: 1 }),
};
const reference = fc.oneof(
	fc.record({ attribute: name, ...sum }, { requiredKeys: ['attribute'] }),
	fc.record({ record: name, default: value, ...sum }, { requiredKeys: ['record'] }),
);
const unit = fc.constantFrom('mph', 'km', '%');
const date = fc.constantFrom('2026-01-01', '2026-12-24');
const schedule: fc.Arbitrary<Schedule> = fc.record(
	{
		days: fc.subarray([...WEEKDAYS], { minLength: 1 }),
		from: fc.constant('22:00'),
		to: fc.constant('06:00'),
		onDates: fc.array(date, { minLength: 1 }),
		notOnDates: fc.array(date, { minLength: 1 }),
		timeZone: fc.constantFrom('Europe/Berlin', 'vehicle'),
	},
	{ requiredKeys: ['from'] },
);
const fence = fc.oneof(fc.record({ geofence: name }), fc.record({ tag: name }));

const leaf: fc.Arbitrary<Pattern> = fc.oneof(
	fc.record(
		{
			attribute: name,
			of: fc.constant('record' as const),
			operator: fc.constantFrom('lt', 'lte', 'gt', 'gte', 'withinDays', 'eq', 'ne'),
			value: fc.oneof(number, reference),
			unit,
		},
		{ requiredKeys: ['attribute', 'operator', 'value'] },
	),
	fc.record({ attribute: name, operator: fc.constantFrom('eq', 'ne', 'changedTo'), value }),
	fc.record({ attribute: name, operator: fc.constantFrom('contains', 'matches'), value: text }),
	fc.record({ attribute: name, operator: fc.constant('between'), value: fc.tuple(number, number) }),
	fc.record({
		attribute: name,
		operator: fc.constant('in'),
		value: fc.array(value, { minLength: 1, maxLength: 4 }),
	}),
	fc.record({ attribute: name, operator: fc.constantFrom('exists', 'missing', 'changed') }),
	fc.record({
		attribute: name,
		operator: fc.constantFrom('increasedBy', 'decreasedBy', 'crossesAbove', 'risesPerMinute'),
		value: fc.oneof(number, reference),
	}),
	fc.record(
		{
			aggregate: fc.constantFrom(...AGGREGATES.filter((one) => one !== 'distance')),
			attribute: name,
			withinSeconds: seconds,
			operator: fc.constantFrom('lt', 'gte'),
			value: fc.oneof(number, reference),
			unit,
		},
		{ requiredKeys: ['aggregate', 'attribute', 'withinSeconds', 'operator', 'value'] },
	),
	fc.record({
		aggregate: fc.constant('distance'),
		withinSeconds: seconds,
		operator: fc.constant('between'),
		value: fc.tuple(number, number),
	}),
	fc.record({
		absent: fc.record({ attribute: name, forSeconds: seconds }, { requiredKeys: ['forSeconds'] }),
	}),
	fence.map((inside) => ({ inside })),
	fence.map((outside) => ({ outside })),
	fence.map((enters) => ({ enters })),
	fence.map((exits) => ({ exits })),
	fc.tuple(fence, seconds).map(([ref, forSeconds]) => ({ dwells: { ...ref, forSeconds } })),
	schedule.map((one) => ({ schedule: one })),
);

const { pattern } = fc.letrec<{ pattern: Pattern }>((tie) => {
	const parts = fc.array(tie('pattern'), { minLength: 1, maxLength: 3 });
	return {
		pattern: fc.oneof(
			{ maxDepth: 5, withCrossShrink: true },
			leaf,
			parts.map((all) => ({ all })),
			parts.map((any) => ({ any })),
			tie('pattern').map((not) => ({ not })),
			fc.record({ holds: tie('pattern'), forSeconds: seconds }),
			fc.record(
				{
					count: tie('pattern'),
					of: fc.constant('reports'),
					times: fc.integer({ min: 1, max: 9 }),
					withinSeconds: seconds,
				},
				{ requiredKeys: ['count', 'times', 'withinSeconds'] },
			),
			fc.record({ first: tie('pattern'), then: tie('pattern'), withinSeconds: seconds }),
			fc.record({ first: tie('pattern'), thenNot: tie('pattern'), withinSeconds: seconds }),
		),
	};
});

const severity = fc.constantFrom(...SEVERITIES);
const rule = fc.record(
	{
		name: fc.constant('Rule'),
		severity,
		enabled: fc.boolean(),
		scope: fc.constantFrom(
			{ vehicles: 'all' },
			{ vehicles: 'tasks' },
			{ vehicles: 'customer', customerId: 3 },
			{ vehicles: 'vehicle', vehicleId: 4 },
		),
		pattern,
		maxGapSeconds: seconds,
		clear: pattern,
		escalations: fc.array(
			fc.oneof(fc.record({ severity, when: pattern }), fc.record({ severity, afterSeconds: seconds })),
			{ minLength: 1, maxLength: 2 },
		),
		fire: fc.record(
			{
				on: fc.constantFrom('edge', 'every'),
				cooldownSeconds: fc.nat(1000),
				clearAfterSeconds: seconds,
				maxPerDay: seconds,
				remindEverySeconds: seconds,
				quietHours: schedule,
				timeZone: fc.constant('Europe/Berlin'),
			},
			{ requiredKeys: ['on', 'cooldownSeconds'] },
		),
		actions: fc.constantFrom(
			[],
			[
				{ type: 'sendEmail', to: 'a@example.com', subject: 's', text: 't' },
				{ type: 'storeLog', on: 'cleared', message: 'm' },
				{ type: 'createTask', on: 'escalated', title: 't', description: 'd', completeOnClear: true },
			],
		),
	},
	{ requiredKeys: ['name', 'severity', 'enabled', 'scope', 'pattern', 'fire', 'actions'] },
) as fc.Arbitrary<RuleFields>;

const JOINS = ['all', 'any'] as const;

/** Without lists of one, and with lists in one order and within each other resolved: what means the same is the same. */
function plain(part: unknown): unknown {
	if (Array.isArray(part)) return part.map(plain);
	if (typeof part !== 'object' || part === null) return part;
	const done = Object.fromEntries(Object.entries(part).map(([key, inner]) => [key, plain(inner)]));
	for (const join of JOINS) {
		if (!Array.isArray(done[join])) continue;
		const parts = (done[join] as Record<string, unknown>[]).flatMap((one) => (one[join] as never[]) ?? [one]);
		if (parts.length === 1) return parts[0];
		return { [join]: parts.map(inOrder).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)) };
	}
	return inOrder(done);
}

function inOrder(part: unknown): unknown {
	if (typeof part !== 'object' || part === null || Array.isArray(part)) return part;
	return Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)));
}

describe('any rule', () => {
	it('comes back from the fields that show it', () => {
		fc.assert(
			fc.property(rule, (given) => {
				const form = JSON.parse(JSON.stringify(fieldsFromRule(given))) as ReturnType<typeof fieldsFromRule>;
				const back = { enabled: true, ...ruleFromFields(form) };
				expect(plain(back)).toEqual(plain(JSON.parse(JSON.stringify(given))));
			}),
			{ numRuns: 2_000 },
		);
	});

	it('passes the checks of the domain as the same rule', () => {
		let accepted = 0;
		fc.assert(
			fc.property(arbitraryRules(1, 1), ([given]) => {
				const parsed = parsedOrNull(given);
				if (parsed === null) return;
				accepted++;
				const back = parseRuleFields(ruleFromFields(fieldsFromRule(parsed)));
				expect(plain(back)).toEqual(plain(parsed));
			}),
			{ numRuns: 1_000 },
		);
		expect(accepted).toBeGreaterThan(300);
	});
});

/** Random rules may say what can never be met, which the checks refuse. */
function parsedOrNull(given: unknown): RuleFields | null {
	try {
		return parseRuleFields(JSON.parse(JSON.stringify(given, withoutIdle)));
	} catch {
		return null;
	}
}

/** Fields cannot tell a factor of 1 from none. */
function withoutIdle(key: string, value: unknown): unknown {
	return (key === 'times' && value === 1) || (key === 'plus' && value === 0) ? undefined : value;
}
