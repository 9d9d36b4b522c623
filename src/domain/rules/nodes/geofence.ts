import type { FenceSet } from '../../geofences/fence-set';
import type { Position } from '../../status';
import type { GeofencePattern, GeofenceRef } from '../pattern';
import { holdsNode } from './holds';
import type { Moment } from './moment';
import type { Slot } from './moment';
import type { NodeContext, PatternNode } from './pattern-node';

const NONE: readonly number[] = Object.freeze([]);

/** Being inside ends farther out than the hysteresis, so it has to be remembered. */
export function geofenceNode(pattern: GeofencePattern, context: NodeContext): PatternNode {
	const ref = refOf(pattern);
	const presence = new Presence(ref, context.slot<readonly number[]>(`inside ${JSON.stringify(ref)}`));
	const node = (meets: (moment: Moment) => boolean): PatternNode => ({
		pattern,
		remember: (moment) => void presence.update(moment),
		parts: [],
		meets,
		detail: (moment) => presence.inWords(moment),
	});
	const isInside = (moment: Moment): boolean => presence.update(moment).length > 0;
	if ('inside' in pattern) return node(isInside);
	if ('outside' in pattern) return node((moment) => !isInside(moment) && moment.position !== null);
	if ('enters' in pattern) return node((moment) => presence.enters(moment));
	if ('exits' in pattern) return node((moment) => presence.exits(moment));
	const inside: PatternNode = { ...node(isInside), pattern: { inside: ref } };
	return holdsNode(pattern, inside, pattern.dwells.forSeconds, context);
}

function refOf(pattern: GeofencePattern): GeofenceRef {
	if ('inside' in pattern) return pattern.inside;
	if ('outside' in pattern) return pattern.outside;
	if ('enters' in pattern) return pattern.enters;
	if ('exits' in pattern) return pattern.exits;
	const { forSeconds: _, ...ref } = pattern.dwells;
	return ref;
}

/** In which geofences of a reference the vehicle is; remembers their ids, ascending. */
class Presence {
	private fences: FenceSet | null = null;
	private ids: readonly number[] = NONE;

	constructor(
		private readonly ref: GeofenceRef,
		private readonly slot: Slot<readonly number[]>,
	) {}

	/** The ids after the moment. Where no position is known, nothing moves. */
	update(moment: Moment): readonly number[] {
		const before = this.slot.read(moment) ?? NONE;
		const { position, insideOf } = moment;
		if (position === null || (before.length === 0 && insideOf.length === 0)) return before;
		const now = this.idsIn(moment.fences).filter(
			(id) => insideOf.includes(id) || (before.includes(id) && isNear(moment.fences, id, position)),
		);
		if (now.length === before.length && now.every((id, i) => id === before[i])) return before;
		this.slot.write(moment, now.length === 0 ? null : now);
		return now;
	}

	enters(moment: Moment): boolean {
		const before = this.slot.read(moment) ?? NONE;
		const now = this.update(moment);
		if (now.length === 0 || before.length > 0 || moment.isFirst || moment.carried === null) return false;
		// A rule that has not seen the vehicle go in, because it is new, does not take it for entering now.
		const position = moment.before?.position ?? null;
		if (position === null) return true;
		const previously = moment.fences.insideOf(position.longitude, position.latitude);
		return !this.ids.some((id) => previously.includes(id));
	}

	exits(moment: Moment): boolean {
		const before = this.slot.read(moment) ?? NONE;
		const now = this.update(moment);
		return moment.carried !== null && now.length === 0 && before.some((id) => this.ids.includes(id));
	}

	inWords(moment: Moment): string {
		const name =
			'geofence' in this.ref ? `'${this.ref.geofence}'` : `every geofence with the tag '${this.ref.tag}'`;
		const inside = this.slot.read(moment) ?? NONE;
		if (this.idsIn(moment.fences).length === 0) return `there is no such geofence: ${name}`;
		const { position, fences } = moment;
		if (position === null) return 'no position is known';
		if (inside.length > 0)
			return 'geofence' in this.ref ? `inside ${name}` : `inside one with the tag '${this.ref.tag}'`;
		const meters = Math.min(
			...this.ids.map((id) => fences.metersOutside(id, position.longitude, position.latitude)),
		);
		return `outside ${name}, ${Math.round(meters)} m away`;
	}

	private idsIn(fences: FenceSet): readonly number[] {
		if (fences !== this.fences) {
			this.fences = fences;
			this.ids = fences.idsOf(this.ref);
		}
		return this.ids;
	}
}

function isNear(fences: FenceSet, id: number, { longitude, latitude }: Position): boolean {
	return fences.metersOutside(id, longitude, latitude) <= fences.hysteresisMeters(id);
}
