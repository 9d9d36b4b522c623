import { InvalidFieldError } from '../../domain/errors';
import type { Pattern } from '../../domain/rules/pattern';
import { lasting, patternsIn } from './condition-from-row';
import { numberIn } from './entered-values';
import { placed } from './places';
import { PART_OF_CLEAR, type ConditionGroup, type MatchMode, type RuleForm } from './rule-form';

/** The groups of a form by name, with what has been made of them. */
export interface Groups {
	/** The parts that are groups of this one; `''` of the rule itself. */
	within(partOf: string): Pattern[];
	/** The group that a field names. `place` is that field's, for the error when there is none. */
	named(name: string, place: string): Pattern;
}

/** @throws InvalidFieldError for a group without a name that others can tell, or one that is part of itself */
export function groupsOf(form: RuleForm): Groups {
	const groups = form.groups?.group ?? [];
	const labels = groups.map((group, index) => group.name?.trim() || `Group ${index + 1}`);
	const known = new Map(labels.map((label, index) => [label, index]));
	labels.forEach((label, index) => {
		if (known.get(label) !== index)
			throw groupError(`Two groups are called '${label}'`, 'Give each its own name.');
	});
	const mentioned = new Set([
		...groups.map(({ then }) => then?.trim()),
		...(form.escalations?.step ?? []).map(({ by, group }) => (by === 'group' ? group?.trim() : undefined)),
	]);
	const parentOf = (group: ConditionGroup) => group.partOf?.trim() ?? '';
	const open = new Set<number>();

	groups.forEach((group, index) => {
		const parent = parentOf(group);
		if (parent === '' || parent === PART_OF_CLEAR || known.has(parent)) return;
		throw groupError(
			`${labels[index]} is part of '${parent}', which is no group`,
			`Choose one of: ${labels.join(', ')}.`,
		);
	});

	function build(index: number): Pattern {
		const group = groups[index] ?? {};
		const place = labels[index] ?? '';
		if (open.has(index)) {
			throw groupError(
				`${place} is part of itself`,
				'Change "Part Of" or "Then Group" of one of the groups.',
			);
		}
		open.add(index);
		const parts = [...patternsIn(group.conditions, place), ...within(place)];
		if (parts.length === 0) throw noConditions('groups', `${place} has no condition`);
		const first = lasting(joined(group.match ?? 'all', parts, place), group, place);
		const made = group.then?.trim() ? sequence(group, first, place) : first;
		open.delete(index);
		return made;
	}

	function sequence(
		{ then = '', thenNot, thenSeconds }: ConditionGroup,
		first: Pattern,
		place: string,
	): Pattern {
		const withinSeconds = numberIn(thenSeconds, `${place}: Then Within (Seconds)`);
		const second = named(then.trim(), place);
		return placed(
			thenNot === true ? { first, thenNot: second, withinSeconds } : { first, then: second, withinSeconds },
			place,
		);
	}

	function within(partOf: string): Pattern[] {
		return groups.flatMap((group, index) => {
			const isElsewhere = parentOf(group) === '' && mentioned.has(labels[index]);
			return parentOf(group) === partOf && !isElsewhere ? [build(index)] : [];
		});
	}

	function named(name: string, place: string): Pattern {
		const index = known.get(name);
		if (index !== undefined) return build(index);
		throw groupError(
			name === '' ? `${place} names no group` : `${place} names '${name}', which is no group`,
			labels.length === 0 ? 'Add a group with that name.' : `Choose one of: ${labels.join(', ')}.`,
		);
	}

	// A ring of groups is part of nothing that is asked for, and would go unseen.
	groups.forEach((_, index) => void build(index));
	return { within, named };
}

export function joined(match: MatchMode, parts: readonly Pattern[], place: string): Pattern {
	const [only] = parts;
	const isLone = only !== undefined && parts.length === 1;
	if (match === 'none') return placed({ not: isLone ? only : { any: parts } }, place);
	if (isLone) return only;
	return placed(match === 'all' ? { all: parts } : { any: parts }, place);
}

export function noConditions(field: string, message: string): InvalidFieldError {
	return new InvalidFieldError(
		field,
		message,
		'Add a condition: an attribute, how it compares, and a value.',
	);
}

function groupError(message: string, hint: string): InvalidFieldError {
	return new InvalidFieldError('groups', message, hint);
}
