import type { Pattern } from '../../domain/rules/pattern';
import type { ConditionGroup, Conditions, MatchMode } from './rule-form';
import { rowFromPattern, unwrapLasting } from './rows-from-pattern';

/** Conditions that go together, as rows; what rows cannot show is in groups that are part of it. */
export interface Joined {
	readonly match: MatchMode;
	readonly conditions: Conditions;
}

/**
 * Shows patterns as rows and, where rows do not reach, as groups, which it adds to `groups` with names of their own.
 * The inverse of `groupsOf` and `patternsIn`.
 */
export function groupsFromPatterns() {
	const groups: ConditionGroup[] = [];

	/** `owner`: what the groups that it takes are part of. */
	function joinedFrom(pattern: Pattern, owner: string): Joined {
		const { match, parts } = partsOf(pattern);
		const conditions: Record<string, object[]> = {};
		for (const part of parts) {
			const one = rowFromPattern(part);
			if (one) (conditions[one.kind] ??= []).push(one.row);
			else groupFrom(part, owner);
		}
		return { match, conditions };
	}

	/** Returns the group's name. */
	function groupFrom(pattern: Pattern, partOf: string): string {
		const name = `Group ${groups.length + 1}`;
		const place = groups.push({}) - 1;
		const isSequence = 'first' in pattern;
		const { lasting, inner } = unwrapLasting(isSequence ? pattern.first : pattern);
		const { match, conditions } = joinedFrom(inner, name);
		groups[place] = {
			name,
			partOf,
			match,
			conditions,
			...lasting,
			...(isSequence ? followed(pattern) : {}),
		};
		return name;
	}

	function followed(pattern: Extract<Pattern, { first: unknown }>): ConditionGroup {
		const isNot = 'thenNot' in pattern;
		return {
			then: groupFrom(isNot ? pattern.thenNot : pattern.then, ''),
			thenSeconds: pattern.withinSeconds,
			...(isNot ? { thenNot: true } : {}),
		};
	}

	return { groups, joinedFrom, groupFrom };
}

function partsOf(pattern: Pattern): { match: MatchMode; parts: readonly Pattern[] } {
	if ('all' in pattern) return { match: 'all', parts: pattern.all };
	if ('any' in pattern) return { match: 'any', parts: pattern.any };
	if (!('not' in pattern) || rowFromPattern(pattern)) return { match: 'all', parts: [pattern] };
	return { match: 'none', parts: 'any' in pattern.not ? pattern.not.any : [pattern.not] };
}
