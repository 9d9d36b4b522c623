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
import type { NodeContext, PatternNode } from './pattern-node';
import { thenNode, thenNotNode } from './sequence';

/** Makes a pattern ready to be asked moment by moment. */
export function compileNode(pattern: Pattern, context: NodeContext): PatternNode {
	if ('all' in pattern) return allNode(pattern, compileEach(pattern.all, context));
	if ('any' in pattern) return anyNode(pattern, compileEach(pattern.any, context));
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

/** Every part is asked every time: each may have something to remember. */
function allNode(pattern: Pattern, parts: readonly PatternNode[]): PatternNode {
	return {
		pattern,
		parts,
		meets(moment) {
			let isMet = true;
			for (const part of parts) if (!part.meets(moment)) isMet = false;
			return isMet;
		},
	};
}

function anyNode(pattern: Pattern, parts: readonly PatternNode[]): PatternNode {
	return {
		pattern,
		parts,
		meets(moment) {
			let isMet = false;
			for (const part of parts) if (part.meets(moment)) isMet = true;
			return isMet;
		},
	};
}

function notNode(pattern: Pattern, part: PatternNode): PatternNode {
	return { pattern, parts: [part], meets: (moment) => !part.meets(moment) };
}

function scheduleNode(pattern: SchedulePattern): PatternNode {
	const { schedule } = pattern;
	return { pattern, parts: [], meets: ({ at, zone }) => isWithinSchedule(schedule, at, zone) };
}

function comparisonNode(pattern: Comparison): PatternNode {
	const { attribute, value, unit } = pattern;
	const operand = isReference(value) ? operandOf(value, unit) : null;
	return {
		pattern,
		parts: [],
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
