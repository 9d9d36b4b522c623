import { innerPatterns } from './inner-patterns';
import { isReference } from './operand';
import type { Pattern, Reference } from './pattern';

const POSITION = ['latitude', 'longitude'];

/**
 * The reported attributes that a pattern looks at, each once, in the order in which it names them. One that looks at
 * positions names `latitude` and `longitude`.
 */
export function patternAttributes(pattern: Pattern): string[] {
	return [...new Set(namesIn(pattern).reported)];
}

/** Likewise the attributes that are entered for a vehicle or its customer. */
export function recordAttributes(pattern: Pattern): string[] {
	return [...new Set(namesIn(pattern).entered)];
}

interface Names {
	readonly reported: readonly string[];
	readonly entered: readonly string[];
}

function namesIn(pattern: Pattern): Names {
	const own = ownNames(pattern);
	const inner = innerPatterns(pattern).map(namesIn);
	return {
		reported: [...own.reported, ...inner.flatMap(({ reported }) => reported)],
		entered: [...own.entered, ...inner.flatMap(({ entered }) => entered)],
	};
}

function ownNames(pattern: Pattern): Names {
	if ('aggregate' in pattern) {
		return joined(
			{ reported: pattern.attribute === undefined ? POSITION : [pattern.attribute], entered: [] },
			namesOf(pattern.value),
		);
	}
	if ('operator' in pattern) {
		const isEntered = 'of' in pattern && pattern.of === 'record';
		const subject = [pattern.attribute];
		return joined(
			isEntered ? { reported: [], entered: subject } : { reported: subject, entered: [] },
			namesOf(pattern.value),
		);
	}
	if ('absent' in pattern) {
		const { attribute } = pattern.absent;
		return { reported: attribute === undefined ? [] : [attribute], entered: [] };
	}
	const isPlace = ['inside', 'outside', 'enters', 'exits', 'dwells'].some((kind) => kind in pattern);
	return { reported: isPlace ? POSITION : [], entered: [] };
}

function namesOf(value: Parameters<typeof isReference>[0]): Names {
	if (!isReference(value)) return { reported: [], entered: [] };
	const reference: Reference = value;
	return 'attribute' in reference
		? { reported: [reference.attribute], entered: [] }
		: { reported: [], entered: [reference.record] };
}

function joined(a: Names, b: Names): Names {
	return { reported: [...a.reported, ...b.reported], entered: [...a.entered, ...b.entered] };
}
