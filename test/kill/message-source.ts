import { seededRandom } from '../../bench/lib/random';
import { REPORTING, reportingKey, SILENT, silentKey } from './fleet-under-test';

/** One message as it is published; a duplicate is the same object again. */
export interface Publication {
	/** The order within one key is the order of the messages. */
	readonly key: string;
	readonly messageId: string;
	readonly payload: string;
	/** To be rejected: a vehicle that there is not. */
	readonly isBad: boolean;
}

export interface MessageSource {
	/** For ever. */
	next(): Publication;
	/** What was held back so far: reports that are old by now. */
	rest(): Publication[];
}

/** Reports stay within a day ahead of the clock for hours, and hours before any timer of theirs. */
const STEP_MS = 2_000;
const AHEAD_MS = 7_200_000;
const SILENT_SINCE_MS = 7_200_000;
const SHARES = { duplicate: 0.08, late: 0.05, bad: 0.01, silent: 0.02 };
/** Of those held back, these stay so to the end. */
const TO_THE_END = 0.3;
const REPEATED_WITHIN = 2_000;
const HELD_FOR = 400;

/**
 * Reports of the fleet under test: in the order of their times, but for those that are held back and come when newer
 * ones were sent, with duplicates and bad ones among them. The same for the same seed and beginning.
 */
export function messageSource(seed: number, beginsAt: number): MessageSource {
	const random = seededRandom(seed);
	const upTo = (count: number) => Math.floor(random() * count);
	const trucks = Array.from({ length: REPORTING }, (_, index) => truck(index, random));
	const unheard = Array.from({ length: SILENT }, (_, index) => index);
	const recent: Publication[] = [];
	let held: { readonly publication: Publication; readonly until: number }[] = [];
	let count = 0;

	const report = (vehicle: string, number: number, reportedAt: number, attributes: object): Publication => {
		const messageId = `${vehicle}-${number}`;
		const payload = JSON.stringify({ messageId, vehicle, reportedAt, sequence: number, attributes });
		return { key: vehicle, messageId, payload, isBad: false };
	};

	const draw = (): Publication => {
		const draws = random();
		if (draws < SHARES.duplicate && recent.length > 0) {
			const again = recent[upTo(recent.length)];
			if (again !== undefined) return again;
		}
		if (draws > 1 - SHARES.bad) {
			const bad = report(`nobody-${upTo(5)}`, count, beginsAt, { speed: 1 });
			return { ...bad, isBad: true };
		}
		const parked = draws > 1 - SHARES.bad - SHARES.silent ? unheard.pop() : undefined;
		if (parked !== undefined)
			return report(silentKey(parked), 0, beginsAt - SILENT_SINCE_MS + parked, { speed: 0 });
		const index = upTo(REPORTING);
		const { number, attributes } = (trucks[index] ?? truck(index, random)).drive();
		const reportedAt = beginsAt + AHEAD_MS + number * STEP_MS + upTo(STEP_MS / 2);
		return report(reportingKey(index), number, reportedAt, attributes);
	};

	return {
		next() {
			for (;;) {
				count++;
				const due = held.find(({ until }) => until <= count);
				if (due !== undefined) {
					held = held.filter((each) => each !== due);
					return due.publication;
				}
				const publication = draw();
				if (recent.includes(publication)) return publication;
				if (!publication.isBad && random() < SHARES.late) {
					const until = random() < TO_THE_END ? Infinity : count + 20 + upTo(HELD_FOR);
					held.push({ publication, until });
					continue;
				}
				recent.push(publication);
				if (recent.length > REPEATED_WITHIN) recent.shift();
				return publication;
			}
		},
		rest() {
			const last = held.map(({ publication }) => publication);
			held = [];
			return last;
		},
	};
}

/** Fuel that runs out and is filled up, stops, hard braking, an alarm now and then. */
function truck(index: number, random: () => number) {
	let fuelLevel = 30 + ((index * 7) % 60);
	let speed = 60;
	let stands = 0;
	let number = 0;
	return {
		drive() {
			fuelLevel = fuelLevel < 6 ? 90 : Math.round((fuelLevel - random() * 5) * 10) / 10;
			stands = stands > 0 ? stands - 1 : random() < 0.05 ? 3 + Math.floor(random() * 8) : 0;
			speed = stands > 0 ? 0 : Math.round(Math.min(140, Math.max(20, speed + (random() - 0.5) * 40)));
			const harsh = random() < 0.1;
			const alarm = random() < 0.015;
			const door = random() < 0.05 ? 'open' : 'closed';
			return { number: number++, attributes: { fuelLevel, speed, harsh, alarm, door } };
		},
	};
}
