import type { Geofence } from '../../geofence';
import { isChange, type GeofenceRef, type Pattern } from '../pattern';
import { meetsAggregate } from './reference-aggregate';
import { meetsChange, meetsComparison } from './reference-comparison';
import { lastPosition, lastReport, timeOf, zoneOf, type Instant, type TraceReport } from './reference-facts';
import { metersOutside } from './reference-geometry';
import { isWithinWallClock } from './reference-schedule';

/** The instants that a pattern has seen: its memory is what follows from them, and nothing else. */
export interface Life {
	/** All of the rule's; grows. */
	readonly instants: readonly Instant[];
	/** The place of the first one that the pattern saw. */
	readonly start: number;
	/** Of the rule's own pattern: a new rule knows where the vehicle was before. */
	readonly knowsBefore: boolean;
	readonly maxGapMs: number;
	/** What was worked out: what is so at an instant is so for ever. */
	readonly known: Map<Pattern, Map<number, boolean>>;
}

export function instantAt({ instants }: Life, i: number): Instant {
	const instant = instants[i];
	if (instant === undefined) throw new Error(`there is no instant ${i}`);
	return instant;
}

/** Whether the pattern is met at the life's instant `i`. */
export function isMetAt(pattern: Pattern, life: Life, i: number): boolean {
	const known = life.known.get(pattern) ?? new Map<number, boolean>();
	life.known.set(pattern, known);
	const met = known.get(i) ?? decide(pattern, life, i);
	known.set(i, met);
	return met;
}

function decide(pattern: Pattern, life: Life, i: number): boolean {
	const now = instantAt(life, i);
	if ('all' in pattern) return pattern.all.every((part) => isMetAt(part, life, i));
	if ('any' in pattern) return pattern.any.some((part) => isMetAt(part, life, i));
	if ('not' in pattern) return !isMetAt(pattern.not, life, i);
	if ('holds' in pattern) {
		const since = heldSince(pattern.holds, life, i);
		return since !== null && now.at - since >= pattern.forSeconds * 1000;
	}
	if ('dwells' in pattern) {
		return isMetAt(dwelling(pattern.dwells), life, i);
	}
	if ('count' in pattern) {
		const counts = (j: number): boolean =>
			pattern.of === 'reports'
				? instantAt(life, j).isReport && isMetAt(pattern.count, life, j)
				: becameMetAt(pattern.count, life, j);
		const from = now.at - pattern.withinSeconds * 1000;
		return upTo(life, i).filter((j) => instantAt(life, j).at > from && counts(j)).length >= pattern.times;
	}
	if ('aggregate' in pattern) {
		const seen = upTo(life, i).map((j) => instantAt(life, j));
		return meetsAggregate(pattern, seen);
	}
	if ('absent' in pattern) {
		const since = presentAt(pattern.absent.attribute, now);
		return since !== null && now.at - since >= pattern.absent.forSeconds * 1000;
	}
	if ('inside' in pattern) return isInsideAny(pattern.inside, life, i);
	if ('outside' in pattern)
		return lastPosition(now.reports) !== null && !isInsideAny(pattern.outside, life, i);
	if ('enters' in pattern) {
		return isInsideAny(pattern.enters, life, i) && wasOutside(pattern.enters, life, i);
	}
	if ('exits' in pattern) {
		return i > life.start && !isInsideAny(pattern.exits, life, i) && isInsideAny(pattern.exits, life, i - 1);
	}
	if ('schedule' in pattern) {
		return isWithinWallClock(pattern.schedule, now.at, zoneOf(lastReport(now)));
	}
	if ('then' in pattern) {
		const from = now.at - pattern.withinSeconds * 1000;
		const wasFirst = (j: number) => j < i && instantAt(life, j).at >= from && isMetAt(pattern.first, life, j);
		return isMetAt(pattern.then, life, i) && upTo(life, i).some(wasFirst);
	}
	if ('thenNot' in pattern) {
		const armedAt = armedSince(pattern, life, i);
		return armedAt !== null && now.at - armedAt >= pattern.withinSeconds * 1000;
	}
	return isChange(pattern) ? meetsChange(pattern, now) : meetsComparison(pattern, now);
}

function upTo({ start }: Life, i: number): number[] {
	return Array.from({ length: i - start + 1 }, (_, index) => start + index);
}

export function becameMetAt(pattern: Pattern, life: Life, i: number): boolean {
	return isMetAt(pattern, life, i) && (i === life.start || !isMetAt(pattern, life, i - 1));
}

/** Since when the pattern is met without a break; null when it is not, or the last report is too long ago. */
export function heldSince(pattern: Pattern, life: Life, i: number): number | null {
	const now = instantAt(life, i);
	if (!isMetAt(pattern, life, i) || now.at - lastReport(now).at > life.maxGapMs) return null;
	let since = i;
	while (since > life.start && isMetAt(pattern, life, since - 1) && !endsGap(life, since)) since--;
	return instantAt(life, since).at;
}

/** Whether the instant is a report that came too long after the one before. */
function endsGap(life: Life, i: number): boolean {
	const { isReport, reports } = instantAt(life, i);
	const [before, last] = reports.slice(-2);
	return isReport && before !== undefined && last !== undefined && last.at - before.at > life.maxGapMs;
}

/** The last report, or the last that carried the attribute; null when there was none. */
export function presentAt(attribute: string | undefined, now: Instant): number | null {
	return attribute === undefined ? lastReport(now).at : timeOf(now.reports, attribute);
}

const dwellings = new WeakMap<object, Pattern>();

/** A dwelling is a duration like any other. One object each, so that what is known of it is found again. */
export function dwelling(dwells: GeofenceRef & { readonly forSeconds: number }): Pattern {
	const known = dwellings.get(dwells) ?? { holds: { inside: dwells }, forSeconds: dwells.forSeconds };
	dwellings.set(dwells, known);
	return known;
}
/** When the first pattern last became met without the second having been met since; null when it is not so. */
export function armedSince(
	{ first, thenNot }: { readonly first: Pattern; readonly thenNot: Pattern },
	life: Life,
	i: number,
): number | null {
	let armedAt: number | null = null;
	for (const j of upTo(life, i)) {
		if (isMetAt(thenNot, life, j)) armedAt = null;
		if (armedAt === null && becameMetAt(first, life, j)) armedAt = instantAt(life, j).at;
	}
	return armedAt;
}

function fencesOf(ref: GeofenceRef, life: Life, i: number): Geofence[] {
	const { geofences } = lastReport(instantAt(life, i)).active;
	return geofences.filter((fence) =>
		'geofence' in ref ? fence.name === ref.geofence : fence.tags.includes(ref.tag),
	);
}

function isInsideAny(ref: GeofenceRef, life: Life, i: number): boolean {
	return fencesOf(ref, life, i).some((fence) => isInside(fence, life, i));
}

/** At the instant before. A new rule knows where a vehicle was that had reported before. */
function wasOutside(ref: GeofenceRef, life: Life, i: number): boolean {
	if (i > life.start) return !isInsideAny(ref, life, i - 1);
	const before = life.knowsBefore ? instantAt(life, i).reports.slice(0, -1) : [];
	if (before.length === 0) return false;
	return !fencesOf(ref, life, i).some((fence) => staysInside(fence, before, false));
}

/** With hysteresis: whether it is still so depends on every position so far. */
function isInside(fence: Geofence, life: Life, i: number): boolean {
	let inside = false;
	for (const j of upTo(life, i)) inside = staysInside(fence, instantAt(life, j).reports, inside);
	return inside;
}

function staysInside(fence: Geofence, reports: readonly TraceReport[], wasInside: boolean): boolean {
	const position = lastPosition(reports);
	if (position === null) return wasInside;
	return metersOutside(fence, position) <= (wasInside ? fence.hysteresisMeters : 0);
}
