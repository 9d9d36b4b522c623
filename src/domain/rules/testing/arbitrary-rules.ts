import fc from 'fast-check';
import { SEVERITIES, type Escalation, type FiringPolicy, type Rule, type RuleScope } from '../rule';
import type { TaskWatch } from '../watched-rules';
import { seconds, withOptional } from './arbitrary-comparisons';
import { arbitraryPattern, zone } from './arbitrary-patterns';
import { makeRule } from './make-rule';

const id = fc.integer({ min: 1, max: 3 });
const severity = fc.constantFrom(...SEVERITIES);

const scope: fc.Arbitrary<RuleScope> = fc.oneof(
	{ weight: 6, arbitrary: fc.constant({ vehicles: 'all' as const }) },
	fc.record({ vehicles: fc.constant('customer' as const), customerId: id }),
	fc.record({ vehicles: fc.constant('vehicle' as const), vehicleId: id }),
	fc.constant({ vehicles: 'tasks' as const }),
);

const fire: fc.Arbitrary<FiringPolicy> = withOptional(
	{
		on: fc.constantFrom('edge' as const, 'edge' as const, 'every' as const),
		cooldownSeconds: fc.constantFrom(0, 0, 0, 10, 60),
	},
	{
		clearAfterSeconds: seconds,
		maxPerDay: fc.integer({ min: 1, max: 2 }),
		remindEverySeconds: seconds,
		timeZone: zone,
	},
);

const escalation: fc.Arbitrary<Escalation> = fc.oneof(
	fc.record({ severity, when: arbitraryPattern(2) }),
	fc.record({ severity, afterSeconds: seconds }),
);

/** Ids are 1 to n. */
export const arbitraryRules = (maxLength: number, minLength = 0): fc.Arbitrary<Rule[]> =>
	fc
		.array(
			withOptional(
				{
					pattern: arbitraryPattern(),
					scope,
					severity,
					enabled: fc.constantFrom(true, true, true, true, true, true, true, false),
					fire,
				},
				{
					maxGapSeconds: fc.constantFrom(15, 30, 60),
					clear: arbitraryPattern(2),
					escalations: fc.array(escalation, { minLength: 1, maxLength: 2 }),
				},
			),
			{ minLength, maxLength, size: 'max' },
		)
		.map((rules) => rules.map((fields, index) => makeRule({ ...fields, id: index + 1 })));

export const arbitraryWatches: fc.Arbitrary<TaskWatch[]> = fc.array(
	fc.record({
		ruleId: fc.integer({ min: 1, max: 6 }),
		taskId: fc.integer({ min: 1, max: 9 }),
		vehicleId: fc.option(id),
		customerId: fc.option(id),
	}),
	{ maxLength: 8 },
);
