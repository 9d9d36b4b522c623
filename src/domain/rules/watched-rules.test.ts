import { compileRules } from './compile-rules';
import type { Rule } from './rule';
import { makeRule } from './testing/make-rule';

/** The tasks through which the rule is found for the vehicle, as `match` and `watchedThrough` tell them. */
function found(fields: Partial<Rule>, vehicleId: number, customerId: number | null): (number | null)[] {
	const rule = makeRule(fields);
	const ruleSet = compileRules({
		rules: [rule],
		taskWatches: [
			{ ruleId: 1, taskId: 70, vehicleId: 7, customerId: 3 },
			{ ruleId: 1, taskId: 69, vehicleId: 7, customerId: null },
			{ ruleId: 1, taskId: 5, vehicleId: null, customerId: 3 },
			{ ruleId: 2, taskId: 1, vehicleId: null, customerId: null },
		],
		geofences: [],
	});
	const count = ruleSet.match({
		vehicleId,
		customerId,
		attributes: { fuelLevel: 1 },
		position: null,
		at: 0,
		vehicleAttributes: {},
		customerAttributes: {},
	});
	const place = ruleSet.placeOf(rule.id);
	const watch = place === undefined ? null : ruleSet.watchedThrough(place, vehicleId, customerId);
	const taskIds = ruleSet.foundTaskIds.slice(0, count);
	expect(taskIds).toEqual(watch === null ? [] : [watch.taskId]);
	return taskIds;
}

describe('scope', () => {
	it('watches one vehicle, or a customer’s', () => {
		expect(found({ scope: { vehicles: 'vehicle', vehicleId: 7 } }, 7, null)).toEqual([null]);
		expect(found({ scope: { vehicles: 'vehicle', vehicleId: 7 } }, 8, null)).toEqual([]);
		expect(found({ scope: { vehicles: 'customer', customerId: 3 } }, 8, 3)).toEqual([null]);
		expect(found({ scope: { vehicles: 'customer', customerId: 3 } }, 8, null)).toEqual([]);
	});

	it('watches through open tasks, the nearest and oldest first, each rule once', () => {
		expect(found({ scope: { vehicles: 'tasks' } }, 7, 3)).toEqual([69]);
		expect(found({ scope: { vehicles: 'tasks' } }, 8, 3)).toEqual([5]);
		expect(found({ scope: { vehicles: 'tasks' } }, 8, 4)).toEqual([]);
		expect(found({ id: 2, scope: { vehicles: 'tasks' } }, 8, 4)).toEqual([1]);
	});

	it('leaves disabled rules out', () => {
		expect(found({ enabled: false }, 7, 3)).toEqual([]);
	});
});
