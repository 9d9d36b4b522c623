import * as fc from 'fast-check';
import { InvalidFieldError } from './errors';
import { parseVehicleFields } from './vehicle';

describe('parseVehicleFields', () => {
	it('normalises the fields that are given and no others', () => {
		expect(
			parseVehicleFields({ vin: '1m8gdm9axkp042788', plate: ' m-ab  1 ', year: '2019', make: undefined }),
		).toEqual({ vin: '1M8GDM9AXKP042788', plate: 'M-AB 1', year: 2019 });
	});

	it('takes empty text and null for no value', () => {
		expect(parseVehicleFields({ vin: '', name: '  ', year: '', make: null })).toEqual({
			vin: null,
			name: null,
			year: null,
			make: null,
		});
	});

	it('knows a field in the usual spellings of a table header', () => {
		expect(parseVehicleFields({ VIN: '1M8GDM9AXKP042788', 'External ID': 17, Make: 'MAN' })).toEqual({
			vin: '1M8GDM9AXKP042788',
			externalId: '17',
			make: 'MAN',
		});
	});

	it('keeps other names as attributes, beside an object of attributes', () => {
		expect(
			parseVehicleFields({ attributes: { seats: 3, colour: 'red' }, colour: 'blue', leased: true, note: '' }),
		).toEqual({ attributes: { seats: 3, colour: 'blue', leased: true } });
		expect(parseVehicleFields({ make: 'MAN' })).not.toHaveProperty('attributes');
	});

	it('ignores the stamps of a record that was read', () => {
		expect(parseVehicleFields({ name: 'Van', createdAt: 1, updatedAt: 2 })).toEqual({ name: 'Van' });
	});

	it.each([
		[{ vin: '1M8GDM9AXKP04278O' }, 'vin', /position 17/],
		[{ year: 1492 }, 'year', /^1492 in year.*from 1886 to 2100/],
		[{ year: 2019.5 }, 'year', /whole number/],
		[{ year: 'new' }, 'year', /'new' in year/],
		[{ name: true }, 'name', /true or false, not text/],
		[{ make: ['MAN'] }, 'make', /a list, not text/],
		[{ plate: 'A'.repeat(30) }, 'plate', /30 characters/],
		[{ plate: 'A\u00001' }, 'plate', /control character/],
		[{ name: 'a\nb' }, 'name', /line break/],
		[{ vin: '1M8GDM9AXKP042788', VIN: '1M8GDM9AXKP042788' }, 'vin', /given twice/],
		[{ attributes: 'red' }, 'attributes', /not an object/],
		[{ attributes: { tyres: [1, 2] } }, 'attributes.tyres', /a list/],
		[{ engine: { rpm: 1 } }, 'attributes.engine', /an object/],
		[{ weight: Number.NaN }, 'attributes.weight', /NaN/],
		[JSON.parse('{"__proto__": 1}') as Record<string, unknown>, 'attributes', /__proto__/],
		[{ id: 4 }, 'id', /cannot be set/],
		[{ customerId: 4 }, 'customerId', /cannot be set/],
	])('refuses %j', (input, field, message) => {
		let refusal: unknown;
		try {
			parseVehicleFields(input);
		} catch (error) {
			refusal = error;
		}
		expect(refusal).toBeInstanceOf(InvalidFieldError);
		expect(refusal).toMatchObject({ field, message: expect.stringMatching(message) as unknown });
		expect((refusal as InvalidFieldError).hint).not.toBe('');
	});

	it('either refuses by name or gives back what parses to itself, whatever is given', () => {
		const input = fc.dictionary(
			fc.constantFrom('vin', 'plate', 'name', 'year', 'other', 'attributes'),
			fc.anything(),
		);
		fc.assert(
			fc.property(input, (given) => {
				let parsed;
				try {
					parsed = parseVehicleFields(given);
				} catch (error) {
					expect(error).toBeInstanceOf(InvalidFieldError);
					return;
				}
				expect(parseVehicleFields(parsed)).toEqual(parsed);
			}),
		);
	});
});
