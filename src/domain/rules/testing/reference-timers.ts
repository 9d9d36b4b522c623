import type { Pattern } from '../pattern';
import { lastReport } from './reference-facts';
import { armedSince, dwelling, heldSince, instantAt, presentAt, type Life } from './reference-pattern';

/** When the parts of a pattern, looked at for the last time at the instant `i`, want to be looked at again. */
export function duesOf(pattern: Pattern, life: Life, i: number): number[] {
	const now = instantAt(life, i);
	const ofParts = partsOf(pattern).flatMap((part) => duesOf(part, life, i));
	const own = ownDue(pattern, life, i);
	return own !== null && own > now.at ? [...ofParts, own] : ofParts;
}

function ownDue(pattern: Pattern, life: Life, i: number): number | null {
	const now = instantAt(life, i);
	if ('holds' in pattern) {
		const since = heldSince(pattern.holds, life, i);
		const due = since === null ? null : since + pattern.forSeconds * 1000;
		return due !== null && due - lastReport(now).at > life.maxGapMs ? null : due;
	}
	if ('absent' in pattern) {
		const since = presentAt(pattern.absent.attribute, now);
		return since === null ? null : since + pattern.absent.forSeconds * 1000;
	}
	if ('thenNot' in pattern) {
		const armedAt = armedSince(pattern, life, i);
		return armedAt === null ? null : armedAt + pattern.withinSeconds * 1000;
	}
	return null;
}

function partsOf(pattern: Pattern): readonly Pattern[] {
	if ('all' in pattern) return pattern.all;
	if ('any' in pattern) return pattern.any;
	if ('not' in pattern) return [pattern.not];
	if ('holds' in pattern) return [pattern.holds];
	if ('count' in pattern) return [pattern.count];
	if ('dwells' in pattern) return [dwelling(pattern.dwells)];
	if ('then' in pattern) return [pattern.first, pattern.then];
	if ('thenNot' in pattern) return [pattern.first, pattern.thenNot];
	return [];
}
