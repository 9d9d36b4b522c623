import { attributeOf, recordOf } from '../facts';
import { comparisonTest } from '../comparison-test';
import { isReference, operandOf } from '../operand';
import { isChange } from '../pattern';
import type { Comparison, Pattern, SchedulePattern } from '../pattern';
import { isWithinSchedule } from '../schedule';
import { absenceNode } from './absence';
import { aggregateNode } from './aggregate';
import { changeNode } from './change';
import { countNode } from './count';
import { geofenceNode } from './geofence';
import { holdsNode } from './holds';
import type { Moment } from './moment';
import type { NodeContext, PatternNode } from './pattern-node';
import { thenNode, thenNotNode } from './sequence';

/** Makes a pattern ready to be asked moment by moment. */
export function compileNode(pattern: Pattern, context: NodeContext): PatternNode {
	if ('all' in pattern) return joinedNode(pattern, compileEach(pattern.all, context), false);
	if ('any' in pattern) return joinedNode(pattern, compileEach(pattern.any, context), true);
	if ('not' in pattern) return notNode(pattern, compileNode(pattern.not, context));
	if ('holds' in pattern) {
		return holdsNode(pattern, compileNode(pattern.holds, context), pattern.forSeconds, context);
	}
	if ('count' in pattern) return countNode(pattern, compileNode(pattern.count, context), context);
	if ('aggregate' in pattern) return aggregateNode(pattern, context);
	if ('absent' in pattern) return absenceNode(pattern, context);
	if ('schedule' in pattern) return scheduleNode(pattern);
	if ('first' in pattern) {
		const first = compileNode(pattern.first, context);
		return 'then' in pattern
			? thenNode(pattern, first, compileNode(pattern.then, context), context)
			: thenNotNode(pattern, first, compileNode(pattern.thenNot, context), context);
	}
	if ('attribute' in pattern) return isChange(pattern) ? changeNode(pattern) : comparisonNode(pattern);
	return geofenceNode(pattern, context);
}

function compileEach(patterns: readonly Pattern[], context: NodeContext): PatternNode[] {
	return patterns.map((pattern) => compileNode(pattern, context));
}

/**
 * `all` is decided by the first part that is not met, `any` by the first that is. Parts that remember nothing are asked
 * first; the others take every moment, but once it is decided nobody asks them.
 */
function joinedNode(pattern: Pattern, parts: readonly PatternNode[], decisive: boolean): PatternNode {
	const plain = parts.filter(({ remember }) => remember === null);
	const others = parts.filter(({ remember }) => remember !== null);
	const remember = (moment: Moment, from = 0): void => {
		for (let i = from; i < others.length; i++) others[i]?.remember?.(moment);
	};
	const [only] = others;
	const sleep = decisive || others.length > 1 ? undefined : only?.sleep;
	return {
		pattern,
		parts,
		remember: others.length === 0 ? null : (moment) => remember(moment),
		...(sleep !== undefined && {
			sleep: {
				key: sleep.key,
				wakes: (moment) => areMet(plain, moment) && sleep.wakes(moment),
			},
		}),
		meets(moment) {
			for (const part of plain) {
				if (part.meets(moment) !== decisive) continue;
				remember(moment);
				return decisive;
			}
			for (let i = 0; i < others.length; i++) {
				if (others[i]?.meets(moment) !== decisive) continue;
				remember(moment, i + 1);
				return decisive;
			}
			return !decisive;
		},
	};
}

function areMet(parts: readonly PatternNode[], moment: Moment): boolean {
	for (const part of parts) if (!part.meets(moment)) return false;
	return true;
}

function notNode(pattern: Pattern, part: PatternNode): PatternNode {
	return { pattern, parts: [part], remember: part.remember, meets: (moment) => !part.meets(moment) };
}

function scheduleNode(pattern: SchedulePattern): PatternNode {
	const { schedule } = pattern;
	const meets = ({ at, zone }: Moment): boolean => isWithinSchedule(schedule, at, zone);
	return { pattern, parts: [], remember: null, meets };
}

function comparisonNode(pattern: Comparison): PatternNode {
	const { attribute, value, unit } = pattern;
	const operand = isReference(value) ? operandOf(value, unit) : null;
	return {
		pattern,
		parts: [],
		remember: null,
		meets: comparisonTest(pattern),
		detail(moment) {
			const actual = (pattern.of === 'record' ? recordOf : attributeOf)(moment, attribute);
			if (actual === undefined) {
				return `${attribute} was never ${pattern.of === 'record' ? 'entered' : 'reported'}`;
			}
			const is = `${attribute} is ${JSON.stringify(actual)}`;
			if (operand === null) return is;
			const against = operand(moment);
			return against === undefined
				? `${is}, and there is nothing to compare it with`
				: `${is}, compared with ${JSON.stringify(against)}`;
		},
	};
}
