import type { ActionSpec, Escalation, RuleFields, RuleScope } from '../../domain/rules/rule';
import { groupsFromPatterns } from './groups-from-pattern';
import { locatorOf, scheduleFields } from './rows-from-pattern';
import { PART_OF_CLEAR, type EscalationRow, type RuleForm, type RuleOptions } from './rule-form';

/** The editor's fields that say this rule: `ruleFromFields` makes one of them that means the same. */
export function fieldsFromRule(rule: RuleFields): RuleForm {
	const { groups, joinedFrom, groupFrom } = groupsFromPatterns();
	const { match, conditions } = joinedFrom(rule.pattern, '');
	const clear = rule.clear && joinedFrom(rule.clear, PART_OF_CLEAR);
	const steps = rule.escalations?.map((step) => escalationRow(step, groupFrom));
	return {
		name: rule.name,
		severity: rule.severity,
		...scopeFields(rule.scope),
		match,
		conditions,
		groups: { group: groups },
		...(clear && { clear: clear.conditions }),
		...(steps && { escalations: { step: steps } }),
		actions: { action: rule.actions.map(actionRow) },
		cooldownSeconds: rule.fire.cooldownSeconds,
		options: {
			...(rule.enabled ? {} : { enabled: false }),
			...policyOptions(rule),
			...(clear && { clearMatch: clear.match }),
		},
	};
}

function scopeFields(scope: RuleScope): RuleForm {
	if (scope.vehicles === 'customer')
		return { watches: 'customer', customer: locatorOf(scope.customerId, 'id') };
	if (scope.vehicles === 'vehicle') return { watches: 'vehicle', vehicle: locatorOf(scope.vehicleId, 'id') };
	return { watches: scope.vehicles };
}

function policyOptions({ fire, maxGapSeconds }: RuleFields): RuleOptions {
	const { on, cooldownSeconds: _, quietHours, ...rest } = fire;
	return {
		...(on === 'edge' ? {} : { on }),
		...rest,
		...(quietHours && { quietHours: { hours: scheduleFields(quietHours) } }),
		...(maxGapSeconds === undefined ? {} : { maxGapSeconds }),
	};
}

function escalationRow(
	step: Escalation,
	groupFrom: ReturnType<typeof groupsFromPatterns>['groupFrom'],
): EscalationRow {
	const { severity } = step;
	if ('when' in step) return { severity, by: 'group', group: groupFrom(step.when, '') };
	return { severity, by: 'time', afterSeconds: step.afterSeconds };
}

function actionRow({ on, ...action }: ActionSpec): object {
	return on === undefined || on === 'fired' ? action : { ...action, on };
}
