import { describeAggregate, describeChange, describeComparison } from './describe-comparison';
import { countOf, describeDuration } from './describe-duration';
import { describeGeofencePattern, describeSchedule } from './describe-place-and-time';
import { isChange } from './pattern';
import type { Absence, Count, Pattern, Sequence } from './pattern';

/** Says how closely the words hang together: what is looser than its surroundings stands in brackets. */
type Tie = 'word' | 'time' | 'sequence' | 'and' | 'or';

interface Clause {
	readonly text: string;
	readonly tie: Tie;
}

/**
 * A pattern in words, e.g. `fuelLevel is less than 15 for 10 minutes and (speed is greater than 0 or engine is "on")`.
 * With the rule's `maxGapSeconds` durations tell it.
 */
export function describePattern(pattern: Pattern, maxGapSeconds?: number): string {
	const gaps = maxGapSeconds === undefined ? '' : ` (gaps up to ${describeDuration(maxGapSeconds)})`;
	return say(pattern, false, gaps).text;
}

function say(pattern: Pattern, isNot: boolean, gaps: string): Clause {
	if ('not' in pattern) return say(pattern.not, !isNot, gaps);
	if ('all' in pattern) return join(pattern.all, isNot ? 'or' : 'and', isNot, gaps);
	if ('any' in pattern) return join(pattern.any, isNot ? 'and' : 'or', isNot, gaps);
	if ('aggregate' in pattern) {
		return word(describeAggregate(pattern, describeDuration(pattern.withinSeconds), isNot));
	}
	if ('operator' in pattern) {
		return word(isChange(pattern) ? describeChange(pattern, isNot) : describeComparison(pattern, isNot));
	}
	if ('schedule' in pattern) {
		return word(`it is ${isNot ? 'not ' : ''}${describeSchedule(pattern.schedule)}`);
	}
	if ('holds' in pattern) {
		const lasting = `for ${describeDuration(pattern.forSeconds)}${gaps}`;
		return negated(isNot, { text: `${within(pattern.holds, gaps)} ${lasting}`, tie: 'time' });
	}
	if ('count' in pattern) return negated(isNot, { text: describeCount(pattern, gaps), tie: 'time' });
	if ('first' in pattern) return negated(isNot, { text: describeSequence(pattern, gaps), tie: 'sequence' });
	if ('absent' in pattern) return describeAbsence(pattern, isNot);
	return word(describeGeofencePattern(pattern, isNot, gaps));
}

function word(text: string): Clause {
	return { text, tie: 'word' };
}

/** What has no opposite that would be one clause. */
function negated(isNot: boolean, clause: Clause): Clause {
	return isNot ? word(`not (${clause.text})`) : clause;
}

function join(parts: readonly Pattern[], tie: 'and' | 'or', isNot: boolean, gaps: string): Clause {
	if (parts.length === 0) return word(tie === 'and' ? 'always' : 'never');
	const clauses = parts.map((part) => say(part, isNot, gaps));
	const [only] = clauses;
	if (only !== undefined && clauses.length === 1) return only;
	const texts = clauses.map((clause, index) => {
		// A time at the end of what was said before might be taken for that of all.
		const isClear = clause.tie === 'word' || clause.tie === tie || (clause.tie === 'time' && index === 0);
		return isClear ? clause.text : `(${clause.text})`;
	});
	return { text: texts.join(` ${tie} `), tie };
}

/** Of a part that what follows is said of. */
function within(pattern: Pattern, gaps: string, isNot = false): string {
	const { text, tie } = say(pattern, isNot, gaps);
	return tie === 'word' ? text : `(${text})`;
}

function describeCount({ count, of, times, withinSeconds }: Count, gaps: string): string {
	const often =
		of === 'reports'
			? `at ${times} or more reports`
			: times === 1
				? 'at least once'
				: `at least ${countOf(times, 'time')}`;
	return `${within(count, gaps)} ${often} within ${describeDuration(withinSeconds)}`;
}

function describeSequence(sequence: Sequence, gaps: string): string {
	const first = within(sequence.first, gaps);
	const time = describeDuration(sequence.withinSeconds);
	return 'then' in sequence
		? `${first} and then, within ${time}, ${within(sequence.then, gaps)}`
		: `${first} and then, for ${time}, ${within(sequence.thenNot, gaps, true)}`;
}

function describeAbsence({ absent: { attribute, forSeconds } }: Absence, isNot: boolean): Clause {
	const time = describeDuration(forSeconds);
	if (attribute !== undefined) {
		const text = `${attribute} is not reported for ${time}`;
		return word(isNot ? `not (${text})` : text);
	}
	return word(isNot ? `something was reported within ${time}` : `nothing is reported for ${time}`);
}
