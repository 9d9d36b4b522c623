import * as fc from 'fast-check';
import { InvalidFieldError } from './errors';
import { normaliseVin, parseVin, vinCheckDigit, vinWarning } from './vin';

const VALID = ['1G4AH59H45G118341', '1J9RP1A36A1644345', '1M8GDM9AXKP042788'];
const vins = fc.string({
	unit: fc.constantFrom(...'ABCDEFGHJKLMNPRSTUVWXYZ0123456789'),
	minLength: 17,
	maxLength: 17,
});

function refusal(vin: string): InvalidFieldError {
	try {
		parseVin(vin, 'vin');
	} catch (error) {
		if (error instanceof InvalidFieldError) return error;
	}
	throw new Error(`'${vin}' was not refused`);
}

describe('parseVin', () => {
	it.each(VALID)('takes %s in any case', (vin) => {
		expect(parseVin(` ${vin.toLowerCase()}\n`, 'vin')).toBe(vin);
	});

	it('takes every text of 17 allowed characters and gives it back unchanged', () => {
		fc.assert(fc.property(vins, (vin) => parseVin(vin.toLowerCase(), 'vin') === vin));
		expect(parseVin('11111111111111111', 'vin')).toBe('11111111111111111');
	});

	it.each([
		['1G4AH59H45G11834O', "'O' at position 17", 'digit 0'],
		['IG4AH59H45G118341', "'I' at position 1", 'digit 1'],
		['1G4QH59H45G118341', "'Q' at position 4", 'digit 0'],
		['1G4-H59H45G118341', "'-' at position 4", 'nothing else'],
		['1G4🚗H59H45G118341', "'🚗' at position 4", 'nothing else'],
		['1G4AH59H45G11834', '16 characters', 'externalId'],
	])('refuses %s, naming what is wrong', (vin, message, hint) => {
		const error = refusal(vin);
		expect(error.field).toBe('vin');
		expect(error.message).toContain(message);
		expect(error.hint).toContain(hint);
	});
});

describe('vinCheckDigit', () => {
	it.each(VALID)('finds the digit of %s', (vin) => {
		expect(vinCheckDigit(vin)).toBe(vin[8]);
	});

	it('notices every single mistyped digit of a valid VIN', () => {
		const missed = VALID.flatMap((vin) =>
			[...vin].flatMap((character, index) =>
				index === 8 || !/\d/.test(character)
					? []
					: [...'0123456789']
							.filter((digit) => digit !== character)
							.map((digit) => vin.slice(0, index) + digit + vin.slice(index + 1))
							.filter((typo) => vinCheckDigit(typo) === typo[8]),
			),
		);
		expect(missed).toEqual([]);
	});
});

describe('vinWarning', () => {
	it('is silent about valid VINs and about those of makers outside North America', () => {
		expect([...VALID, 'WVWZZZ1JZXW000001'].map(vinWarning)).toEqual([null, null, null, null]);
	});

	it('tells which digit was expected', () => {
		expect(vinWarning('1G4AH59H55G118341')).toContain("is '5' and should be '4'");
	});
});

describe('normaliseVin', () => {
	it('changes nothing the second time', () => {
		fc.assert(
			fc.property(
				fc.string({ unit: 'grapheme' }),
				(text) => normaliseVin(normaliseVin(text)) === normaliseVin(text),
			),
		);
		expect(normaliseVin(' 1g4 ')).toBe('1G4');
	});
});
