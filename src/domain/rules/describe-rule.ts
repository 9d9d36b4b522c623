import { countOf, describeDuration } from './describe-duration';
import { describePattern } from './describe-pattern';
import { describeSchedule } from './describe-place-and-time';
import type { ActionOccasion, ActionSpec, RuleFields, RuleScope } from './rule';

/**
 * A rule in words for who operates the fleet: what it watches, when it fires, how it ends, what it does. Whether it is
 * enabled is not said.
 */
export function describeRule(rule: RuleFields): string {
	const { pattern, maxGapSeconds, scope, actions } = rule;
	const when = `${describeScope(scope)}when ${describePattern(pattern, maxGapSeconds)}`;
	const policy = [describeFiring(rule), ...describeCourse(rule)].join('; ');
	return [
		capital(`${when}: ${policy}.`),
		describeActions('Then', 'fired', actions),
		describeActions('When the severity rises', 'escalated', actions),
		describeActions('When it ends', 'cleared', actions),
	]
		.filter((sentence) => sentence !== '')
		.join(' ');
}

function describeScope(scope: RuleScope): string {
	switch (scope.vehicles) {
		case 'all':
			return '';
		case 'customer':
			return `for the vehicles of customer ${scope.customerId}, `;
		case 'vehicle':
			return `for vehicle ${scope.vehicleId}, `;
		case 'tasks':
			return 'for the vehicles of the open tasks that it is attached to, ';
	}
}

function describeFiring({ severity, fire }: RuleFields): string {
	const { on, cooldownSeconds, maxPerDay, timeZone } = fire;
	const zone =
		timeZone === undefined ? '' : ` (${timeZone === 'vehicle' ? 'by the vehicle’s local time' : timeZone})`;
	return [
		`fire ${on === 'every' ? 'at every report' : 'once'} (${severity})`,
		maxPerDay === undefined ? '' : `at most ${maxPerDay === 1 ? 'once' : maxPerDay} a day${zone}`,
		cooldownSeconds === 0 ? '' : `then not again within ${describeDuration(cooldownSeconds)}`,
	]
		.filter((part) => part !== '')
		.join(', ');
}

/** What becomes of a firing that is open. */
function describeCourse({ fire, clear, escalations = [], maxGapSeconds }: RuleFields): string[] {
	const { clearAfterSeconds, remindEverySeconds, quietHours } = fire;
	return [
		...escalations.map((escalation) =>
			'when' in escalation
				? `${escalation.severity} when ${describePattern(escalation.when, maxGapSeconds)}`
				: `${escalation.severity} after ${describeDuration(escalation.afterSeconds)}`,
		),
		remindEverySeconds === undefined
			? ''
			: `remind every ${describeDuration(remindEverySeconds).replace(/^1 (?=\w+$)/, '')} until acknowledged`,
		quietHours === undefined ? '' : `emails wait while it is ${describeSchedule(quietHours)}`,
		clear === undefined ? '' : `ends when ${describePattern(clear, maxGapSeconds)}`,
		clearAfterSeconds === undefined ? '' : `ends after ${describeDuration(clearAfterSeconds)} at the latest`,
	].filter((part) => part !== '');
}

function describeActions(when: string, occasion: ActionOccasion, actions: readonly ActionSpec[]): string {
	const told = actions.filter(({ on = 'fired' }) => on === occasion).map(describeAction);
	return told.length === 0 ? '' : `${when}: ${told.join(', ')}.`;
}

function describeAction(action: ActionSpec): string {
	switch (action.type) {
		case 'sendEmail': {
			const count = action.to.split(',').length;
			return `send an email to ${count > 3 ? countOf(count, 'address').replace(/s$/, 'es') : action.to}`;
		}
		case 'storeLog':
			return 'store a log entry';
		case 'createTask':
			return `create the task "${action.title}"${action.completeOnClear === true ? ', to be completed when the rule ends' : ''}`;
	}
}

function capital(sentence: string): string {
	return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
