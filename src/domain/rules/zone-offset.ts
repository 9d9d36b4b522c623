import { IANAZone } from 'luxon';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** Bounds what odd zone names and odd times can make it keep. */
const MAX_ZONES = 1_000;
const MAX_DAYS = 20_000;

/** One UTC day of one zone: its offset until `changesAt` and from then on. No zone changes it twice within a day. */
interface ZoneDay {
	readonly endsAt: number;
	readonly changesAt: number;
	readonly beforeMs: number;
	readonly afterMs: number;
}

/** Asking the platform costs microseconds, and a rule asks at every report. */
const daysOfZones = new Map<string, KeptZone>();

interface KeptZone {
	readonly offsetMs: (at: number) => number;
	readonly days: Map<number, ZoneDay>;
}

/** How far the zone's local time is ahead of UTC, in milliseconds. A name that is no IANA zone's counts as UTC. */
export function zoneOffsetMs(zone: string, at: number): number {
	const day = zoneDay(zone, at);
	return at < day.changesAt ? day.beforeMs : day.afterMs;
}

/** A moment after `at` up to which, itself excluded, the zone's offset stays as it is at `at`; at most a day ahead. */
export function zoneOffsetHoldsUntil(zone: string, at: number): number {
	const day = zoneDay(zone, at);
	return at < day.changesAt ? Math.min(day.changesAt, day.endsAt) : day.endsAt;
}

function zoneDay(name: string, at: number): ZoneDay {
	const zone = daysOfZones.get(name) ?? keep(daysOfZones, name, findZone(name), MAX_ZONES);
	const day = Math.floor(at / DAY_MS);
	return zone.days.get(day) ?? keep(zone.days, day, describeDay(zone.offsetMs, day * DAY_MS), MAX_DAYS);
}

function keep<K, V>(kept: Map<K, V>, key: K, value: V, max: number): V {
	if (kept.size >= max) kept.clear();
	kept.set(key, value);
	return value;
}

function findZone(name: string): KeptZone {
	if (name === 'UTC' || !IANAZone.isValidZone(name)) return { offsetMs: () => 0, days: new Map() };
	const zone = new IANAZone(name);
	return { offsetMs: (at) => Math.round(zone.offset(at) * MINUTE_MS), days: new Map() };
}

function describeDay(offsetMs: (at: number) => number, startsAt: number): ZoneDay {
	const endsAt = startsAt + DAY_MS;
	const beforeMs = offsetMs(startsAt);
	const afterMs = offsetMs(endsAt - 1);
	if (beforeMs === afterMs) return { endsAt, changesAt: Infinity, beforeMs, afterMs };
	let [before, after] = [startsAt, endsAt - 1];
	while (after - before > 1) {
		const middle = Math.floor((before + after) / 2);
		if (offsetMs(middle) === beforeMs) before = middle;
		else after = middle;
	}
	return { endsAt, changesAt: after, beforeMs, afterMs };
}
