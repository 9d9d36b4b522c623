import { InvalidFieldError } from '../errors';
import { implies } from './implies';
import type { RuleFields } from './rule';

/**
 * Refuses parts of a rule that are right each alone, and together say what can never happen.
 * @throws InvalidFieldError
 */
export function refuseContradictions(rule: RuleFields): void {
	refuseEndless(rule);
	refuseNothingToHold(rule);
	refuseUnheard(rule);
}

function refuseEndless({ pattern, clear }: RuleFields): void {
	if (clear === undefined || !implies(clear, pattern)) return;
	throw new InvalidFieldError(
		'clear',
		'The rule could never clear: whenever its clear condition is met, its pattern is met as well',
		'Give a condition that lies beyond the pattern, e.g. above 20 for a pattern of below 15, or leave clear out.',
	);
}

/** With a cooldown a firing lasts for a while, even at every report. */
function refuseNothingToHold({ fire, clear, escalations = [] }: RuleFields): void {
	if (fire.on !== 'every' || fire.cooldownSeconds > 0) return;
	const timed = escalations.findIndex((escalation) => 'afterSeconds' in escalation);
	const given: readonly (readonly [boolean, string, string])[] = [
		[clear !== undefined, 'clear', 'a clear condition'],
		[timed >= 0, `escalations[${timed}].afterSeconds`, 'a severity that rises with time'],
		[fire.remindEverySeconds !== undefined, 'fire.remindEverySeconds', 'a reminder'],
	];
	const [found] = given.filter(([isGiven]) => isGiven);
	if (found === undefined) return;
	const [, field, what] = found;
	throw new InvalidFieldError(
		field,
		`The rule fires at every report, each time anew, so that ${what} (${field}) has nothing to act on`,
		`Set fire.on to 'edge', give fire.cooldownSeconds, or leave ${field} out.`,
	);
}

function refuseUnheard({ actions, escalations = [] }: RuleFields): void {
	const index = actions.findIndex(({ on }) => on === 'escalated');
	if (index < 0 || escalations.length > 0) return;
	throw new InvalidFieldError(
		`actions[${index}].on`,
		`actions[${index}] follows a rise of the severity, but the rule has no escalations`,
		"Add an escalation, or use 'fired' or 'cleared'.",
	);
}
