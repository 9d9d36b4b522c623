import { implies } from './implies';
import type { Pattern, PlainPattern } from './pattern';
import type { RuleFields } from './rule';

/** A plain pattern that an index can find rules by, instead of by what the rule really asks. */
export interface EntryPattern {
	/** Met by every report that meets the rule, or makes it remember something, when it remembers nothing yet. */
	readonly pattern: PlainPattern;
	/** The entry is the rule's pattern itself: a report that meets it meets the rule, and no other does. */
	readonly isPlain: boolean;
}

const ALWAYS: PlainPattern = { all: [] };
const NEVER: PlainPattern = { any: [] };

/** A part of a pattern of which nothing is remembered yet. */
interface Entry {
	/** Met by every report that meets the part. */
	readonly met: PlainPattern;
	/** One of these is met by every report that leaves something to be remembered. */
	readonly starts: readonly PlainPattern[];
	/** `met` says exactly what the part asks, and nothing is ever remembered of it. */
	readonly isExact: boolean;
}

/**
 * What a rule without any state has to be looked at for. A rule that has one may have to be looked at for any report:
 * what goes on does not show in the report alone.
 */
export function entryPattern(rule: Pick<RuleFields, 'pattern'>): EntryPattern {
	const { met, starts, isExact } = entryOf(rule.pattern);
	// An index finds the better by an entry the fewer parts it has.
	const parts = starts.some((start) => implies(met, start)) ? starts : [met, ...starts];
	const [only, ...others] = parts;
	return { pattern: only === undefined || others.length > 0 ? { any: parts } : only, isPlain: isExact };
}

/** Whether time alone can meet the rule, so that it needs a state for every vehicle that it watches. */
export function startsByItself(rule: Pick<RuleFields, 'pattern'>): boolean {
	return hasAbsence(rule.pattern);
}

function entryOf(pattern: Pattern): Entry {
	if ('all' in pattern || 'any' in pattern) return joined(pattern);
	if ('not' in pattern) {
		const { met, starts, isExact } = entryOf(pattern.not);
		return { met: isExact ? { not: met } : ALWAYS, starts, isExact };
	}
	if ('holds' in pattern) return later(pattern.holds, pattern.forSeconds <= 0);
	if ('count' in pattern) return later(pattern.count, pattern.times <= 1);
	if ('first' in pattern) {
		const { starts } = entryOf('then' in pattern ? pattern.then : pattern.thenNot);
		const first = later(pattern.first, 'thenNot' in pattern && pattern.withinSeconds <= 0);
		return { ...first, starts: [...first.starts, ...starts] };
	}
	if ('aggregate' in pattern) {
		const sampled = exists(pattern.attribute ?? 'latitude');
		return { met: sampled, starts: [sampled], isExact: false };
	}
	// The clock decides; a rule that starts by itself is looked at for every report anyway.
	if ('absent' in pattern) return { met: ALWAYS, starts: [], isExact: false };
	if ('schedule' in pattern) return { met: ALWAYS, starts: [], isExact: false };
	if ('inside' in pattern) return { met: pattern, starts: [pattern], isExact: false };
	if ('outside' in pattern)
		return { met: exists('latitude'), starts: [{ inside: pattern.outside }], isExact: false };
	if ('enters' in pattern) return near({ inside: pattern.enters }, true);
	if ('exits' in pattern) return near({ inside: pattern.exits }, false);
	if ('dwells' in pattern) {
		const { forSeconds, ...ref } = pattern.dwells;
		return near({ inside: ref }, forSeconds <= 0);
	}
	switch (pattern.operator) {
		case 'changedTo':
			return { met: { ...pattern, operator: 'eq' }, starts: [], isExact: false };
		case 'crossesAbove':
			return { met: { ...pattern, operator: 'gt' }, starts: [], isExact: false };
		case 'crossesBelow':
			return { met: { ...pattern, operator: 'lt' }, starts: [], isExact: false };
		case 'changed':
		case 'increasedBy':
		case 'decreasedBy':
		case 'risesPerMinute':
		case 'fallsPerMinute':
			return { met: exists(pattern.attribute), starts: [], isExact: false };
		default:
			return { met: { ...pattern, operator: pattern.operator }, starts: [], isExact: true };
	}
}

function joined(pattern: { readonly all: readonly Pattern[] } | { readonly any: readonly Pattern[] }): Entry {
	const entries = ('all' in pattern ? pattern.all : pattern.any).map(entryOf);
	const parts = entries.map(({ met }) => met);
	return {
		met: 'all' in pattern ? { all: parts } : { any: parts },
		starts: entries.flatMap(({ starts }) => starts),
		isExact: entries.every(({ isExact }) => isExact),
	};
}

/** Of a part that has to be remembered before it can matter; `atOnce`: the first report can meet the whole already. */
function later(part: Pattern, atOnce: boolean): Entry {
	const { met, starts } = entryOf(part);
	return { met: atOnce ? met : NEVER, starts: [met, ...starts], isExact: false };
}

function near(inside: PlainPattern, atOnce: boolean): Entry {
	return { met: atOnce ? inside : NEVER, starts: [inside], isExact: false };
}

function exists(attribute: string): PlainPattern {
	return { attribute, operator: 'exists' };
}

function hasAbsence(pattern: Pattern): boolean {
	if ('absent' in pattern) return true;
	if ('all' in pattern) return pattern.all.some(hasAbsence);
	if ('any' in pattern) return pattern.any.some(hasAbsence);
	if ('not' in pattern) return hasAbsence(pattern.not);
	if ('holds' in pattern) return hasAbsence(pattern.holds);
	if ('count' in pattern) return hasAbsence(pattern.count);
	if ('first' in pattern)
		return [pattern.first, 'then' in pattern ? pattern.then : pattern.thenNot].some(hasAbsence);
	return false;
}
