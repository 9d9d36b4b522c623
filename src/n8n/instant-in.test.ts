import { DateTime } from 'luxon';
import { instantIn } from './instant-in';

describe('instantIn', () => {
	const noonUtc = Date.UTC(2026, 6, 1, 12);

	it.each([
		['2026-07-01T14:00:00', noonUtc],
		['2026-07-01 14:00', noonUtc],
		['2026-07-01T12:00:00Z', noonUtc],
		['2026-07-01T13:00:00+01:00', noonUtc],
		['2026-07-01', Date.UTC(2026, 5, 30, 22)],
		[noonUtc, noonUtc],
		[DateTime.fromMillis(noonUtc), noonUtc],
		['', null],
		[undefined, null],
	])('reads %p in Berlin as %p', (given, at) => {
		expect(instantIn('Europe/Berlin', given, 'from')).toBe(at);
	});

	it.each(['tomorrow', '2026-02-31'])('refuses %p', (given) => {
		expect(() => instantIn('Europe/Berlin', given, 'from')).toThrow(/in from is no date and time/);
	});
});
