import type { Attributes } from '../../domain/attributes';
import { attributeNotes } from './note-attributes';

const report = (reportedAt: number, attributes: Attributes) => ({
	message: {
		...{ messageId: `m${reportedAt}`, vehicleKey: 'A 1', sequence: 0, position: null },
		reportedAt,
		attributes,
	},
});

describe('attributeNotes', () => {
	it('notes a new name at once, with its newest value, and others once a minute', () => {
		const notes = attributeNotes();
		const first = notes.worthNoting([report(2, { speed: 7 }), report(1, { speed: 6, fuelLevel: 50 })], 0);
		expect(first).toEqual([
			{ name: 'speed', lastValue: 7, lastReportedAt: 2 },
			{ name: 'fuelLevel', lastValue: 50, lastReportedAt: 1 },
		]);
		notes.noted(first, 0);
		const names = (now: number) =>
			notes.worthNoting([report(3, { speed: 8, driver: 'Zoë' })], now).map(({ name }) => name);
		expect(names(59_999)).toEqual(['driver']);
		expect(names(60_000)).toEqual(['speed', 'driver']);
	});

	it('notes the newest of a history that is imported within seconds', () => {
		const notes = attributeNotes();
		const minutes = (count: number) => count * 60_000;
		const newest = (reportedAt: number, speed: number) => {
			const worth = notes.worthNoting([report(reportedAt, { speed })], 0);
			notes.noted(worth, 0);
			return worth.map(({ lastValue }) => lastValue);
		};
		expect(newest(minutes(1), 5)).toEqual([5]);
		expect(newest(minutes(300), 6)).toEqual([6]);
		expect(newest(minutes(300) + 1_000, 7)).toEqual([]);
		expect(newest(minutes(2), 8)).toEqual([]);
	});

	it('notes again what was not committed', () => {
		const notes = attributeNotes();
		const batch = [report(1, { speed: 7 })];
		expect(notes.worthNoting(batch, 0)).toEqual(notes.worthNoting(batch, 0));
	});

	it('does not grow with the names that senders think of', () => {
		const notes = attributeNotes();
		const named = (name: string) => ({ name, lastValue: 1, lastReportedAt: 1 });
		notes.noted([named('speed')], 0);
		notes.noted(
			Array.from({ length: 10_000 }, (_, index) => named(`x${index}`)),
			0,
		);
		expect(notes.worthNoting([report(2, { speed: 1 })], 1)).toHaveLength(1);
	});
});
