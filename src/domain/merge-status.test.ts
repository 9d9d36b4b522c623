import fc from 'fast-check';
import type { Attributes } from './attributes';
import { compareReports, mergeStatus } from './merge-status';
import type { StatusMessage, VehicleStatus } from './status';

const report = (fields: Partial<StatusMessage>): StatusMessage => ({
	messageId: 'm',
	vehicleKey: 'AB 123',
	reportedAt: 1000,
	sequence: 0,
	position: null,
	attributes: {},
	...fields,
});

const merge = (known: VehicleStatus | null, fields: Partial<StatusMessage>) =>
	mergeStatus(known, report(fields), 7, 5000);

const HERE = { latitude: 48.2, longitude: 11.6 };

describe('mergeStatus', () => {
	const known = merge(null, {
		attributes: { fuelLevel: 40, ignition: true },
		position: { latitude: 48.1, longitude: 11.5 },
		sequence: 3,
	});

	it('takes the first report as it is', () => {
		expect(known).toEqual({
			vehicleId: 7,
			messageId: 'm',
			reportedAt: 1000,
			sequence: 3,
			receivedAt: 5000,
			position: { latitude: 48.1, longitude: 11.5 },
			attributes: { fuelLevel: 40, ignition: true },
		});
	});

	it('overrides only what the newer report carries', () => {
		expect(merge(known, { reportedAt: 2000, attributes: { fuelLevel: 12 } })).toMatchObject({
			reportedAt: 2000,
			position: { latitude: 48.1, longitude: 11.5 },
			attributes: { fuelLevel: 12, ignition: true },
		});
	});

	it('keeps when a value was reported, of those that the newest report does not carry', () => {
		const second = merge(known, { reportedAt: 2000, attributes: { fuelLevel: 12, speed: 3 } });
		expect(second?.valueTimes).toEqual({ ignition: 1000, latitude: 1000, longitude: 1000 });
		const third = merge(second, { reportedAt: 3000, attributes: { speed: 4 }, position: HERE });
		expect(third?.valueTimes).toEqual({ ignition: 1000, fuelLevel: 2000 });
		const attributes = { ignition: false, fuelLevel: 1, speed: 0 };
		const all = merge(third, { reportedAt: 4000, attributes, position: HERE });
		expect(all).not.toHaveProperty('valueTimes');
		expect(merge(known, { reportedAt: 1000, sequence: 4, attributes: {} })).not.toHaveProperty('valueTimes');
	});

	it('takes no name of an attribute for anything else', () => {
		const odd = merge(null, { attributes: JSON.parse('{ "__proto__": 1, "constructor": 2 }') as Attributes });
		const times = merge(odd, { reportedAt: 2000 })?.valueTimes ?? {};
		expect(Object.entries(times)).toEqual([
			['__proto__', 1000],
			['constructor', 1000],
		]);
	});

	it('is not changed by an older report', () => {
		expect(merge(known, { reportedAt: 999, attributes: { fuelLevel: 1 } })).toBeNull();
	});

	it('breaks a tie of times by the sequence, then by arrival', () => {
		expect(merge(known, { sequence: 2 })).toBeNull();
		expect(merge(known, { sequence: 3, messageId: 'again' })).toMatchObject({ messageId: 'again' });
		expect(merge(known, { sequence: 4, messageId: 'next' })).toMatchObject({ messageId: 'next' });
	});

	it('ends at the newest report whatever the order of arrival', () => {
		const reports = fc.array(fc.record({ reportedAt: fc.nat(20), sequence: fc.nat(3) }), { minLength: 1 });
		fc.assert(
			fc.property(reports, (list) => {
				const last = list.reduce<VehicleStatus | null>((at, next) => merge(at, next) ?? at, null);
				const newest = [...list].sort(compareReports).at(-1);
				expect(last).toMatchObject(newest ?? {});
			}),
		);
	});
});
