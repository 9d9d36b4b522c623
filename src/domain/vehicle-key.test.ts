import * as fc from 'fast-check';
import type { Vehicle } from './vehicle';
import { vehicleByKey, vehicleKeyCandidates } from './vehicle-key';

function vehicle(id: number, keys: Partial<Pick<Vehicle, 'vin' | 'plate' | 'externalId'>>): Vehicle {
	const none = { vin: null, plate: null, externalId: null, name: null, make: null, model: null, year: null };
	return { id, ...none, ...keys, customerId: null, attributes: {}, createdAt: 0, updatedAt: 0 };
}

describe('vehicleKeyCandidates', () => {
	it('lists the spellings once each', () => {
		expect(vehicleKeyCandidates(' m-ab  1 ')).toEqual(['M-AB  1', 'M-AB 1', 'm-ab  1']);
		expect(vehicleKeyCandidates('M-AB 1')).toEqual(['M-AB 1']);
		expect(vehicleKeyCandidates('  ')).toEqual([]);
	});

	it('does not depend on blanks around the key', () => {
		fc.assert(
			fc.property(fc.string(), (key) => {
				expect(vehicleKeyCandidates(` ${key}\t`)).toEqual(vehicleKeyCandidates(key));
			}),
		);
	});
});

describe('vehicleByKey', () => {
	const byVin = vehicle(1, { vin: '1M8GDM9AXKP042788' });
	const byPlate = vehicle(2, { plate: 'M-AB 1' });
	const upper = vehicle(3, { externalId: 'BOX-9' });
	const lower = vehicle(4, { externalId: 'box-9' });
	const found = new Map([
		['1M8GDM9AXKP042788', byVin],
		['M-AB 1', byPlate],
		['BOX-9', upper],
		['box-9', lower],
	]);

	it.each([
		['1m8gdm9axkp042788', 1],
		[' m-ab   1', 2],
		['BOX-9', 3],
		['box-9 ', 4],
	])('takes %j for vehicle %d', (key, id) => {
		expect(vehicleByKey(key, found)?.id).toBe(id);
	});

	it('takes an external id as it is written only', () => {
		expect(vehicleByKey('Box-9', found)).toBeNull();
	});
});
