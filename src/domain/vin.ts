import { InvalidFieldError } from './errors';

const VIN_LENGTH = 17;
const GOOD_VIN = /^[A-HJ-NPR-Z0-9]{17}$/;
const CHECK_DIGIT_INDEX = 8;

/** Values and weights of 49 CFR 565.15(c). */
const LETTER_VALUES: Readonly<Record<string, number>> = {
	...valuesFrom('ABCDEFGH', 1),
	...valuesFrom('JKLMN', 1),
	...valuesFrom('P', 7),
	...valuesFrom('R', 9),
	...valuesFrom('STUVWXYZ', 2),
};
const WEIGHTS = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];

/** First characters of the makers' codes that ISO 3780 gives to North America, where the check digit is law. */
const NORTH_AMERICA = /^[1-57]/;

const LOOK_ALIKES: Readonly<Record<string, string>> = { I: '1', O: '0', Q: '0' };

export function normaliseVin(vin: string): string {
	return vin.trim().toUpperCase();
}

/** @throws InvalidFieldError that names the first wrong character and its position, or the length. */
export function parseVin(text: string, field: string): string {
	const vin = normaliseVin(text);
	if (GOOD_VIN.test(vin)) return vin;
	const characters = [...vin];
	const position = characters.findIndex((character) => !/^[A-HJ-NPR-Z0-9]$/.test(character));
	if (position >= 0) {
		const character = characters[position] ?? '';
		const digit = LOOK_ALIKES[character];
		throw new InvalidFieldError(
			field,
			`The VIN '${vin}' has '${character}' at position ${position + 1}`,
			digit === undefined
				? 'A VIN has the letters A to Z without I, O and Q, and the digits 0 to 9, nothing else.'
				: `A VIN never has I, O or Q, since they look like 1 and 0: it is probably the digit ${digit}.`,
		);
	}
	if (characters.length !== VIN_LENGTH) {
		throw new InvalidFieldError(
			field,
			`The VIN '${vin}' has ${characters.length} characters, not ${VIN_LENGTH}`,
			'Check for missing or doubled characters. A number that is no VIN goes into externalId.',
		);
	}
	return vin;
}

/** The digit that belongs into position 9 of a well-formed VIN: `0` to `9` or `X` (49 CFR 565.15). */
export function vinCheckDigit(vin: string): string {
	const sum = [...vin].reduce((total, character, index) => {
		const value = LETTER_VALUES[character] ?? Number(character);
		return total + value * (WEIGHTS[index] ?? 0);
	}, 0);
	return sum % 11 === 10 ? 'X' : String(sum % 11);
}

/**
 * What looks wrong with a well-formed VIN, or null. Never a reason to refuse it: makers outside North America use
 * position 9 as they like, so only VINs from there are looked at.
 */
export function vinWarning(vin: string): string | null {
	const expected = vinCheckDigit(vin);
	const actual = vin[CHECK_DIGIT_INDEX];
	if (!NORTH_AMERICA.test(vin) || actual === expected) return null;
	return `The check digit of the VIN '${vin}' is '${actual}' and should be '${expected}': look for a mistyped character.`;
}

function valuesFrom(letters: string, first: number): Record<string, number> {
	return Object.fromEntries([...letters].map((letter, index): [string, number] => [letter, first + index]));
}
