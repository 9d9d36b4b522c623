/** Makers' world codes (ISO 3780) with models as they are sold, and what drives them. */
const MODELS = [
	{ wmi: 'WDB', make: 'Mercedes-Benz', model: 'Actros 1845', fuel: 'diesel', tankLitres: 790, market: 'DE' },
	{ wmi: 'WDF', make: 'Mercedes-Benz', model: 'Sprinter 316', fuel: 'diesel', tankLitres: 71, market: 'DE' },
	{ wmi: 'WMA', make: 'MAN', model: 'TGX 18.470', fuel: 'diesel', tankLitres: 860, market: 'DE' },
	{ wmi: 'WV1', make: 'Volkswagen', model: 'Crafter 35', fuel: 'diesel', tankLitres: 75, market: 'DE' },
	{ wmi: 'WVW', make: 'Volkswagen', model: 'Golf Variant', fuel: 'petrol', tankLitres: 50, market: 'DE' },
	{ wmi: 'WV1', make: 'Volkswagen', model: 'ID. Buzz Cargo', fuel: 'electric', tankLitres: 0, market: 'DE' },
	{ wmi: 'VF1', make: 'Renault', model: 'Master L3H2', fuel: 'diesel', tankLitres: 80, market: 'FR' },
	{ wmi: 'VF1', make: 'Renault', model: 'Kangoo E-Tech', fuel: 'electric', tankLitres: 0, market: 'FR' },
	{ wmi: 'VF3', make: 'Peugeot', model: 'Partner', fuel: 'diesel', tankLitres: 50, market: 'FR' },
	{ wmi: 'VF6', make: 'Renault Trucks', model: 'T 480', fuel: 'diesel', tankLitres: 735, market: 'FR' },
	{ wmi: '1FT', make: 'Ford', model: 'F-150', fuel: 'petrol', tankLitres: 98, market: 'US' },
	{ wmi: '1GC', make: 'Chevrolet', model: 'Silverado 2500', fuel: 'diesel', tankLitres: 136, market: 'US' },
	{ wmi: '1FU', make: 'Freightliner', model: 'Cascadia 126', fuel: 'diesel', tankLitres: 909, market: 'US' },
];

/** Towns of the registration, with the code that opens their plates, by market. */
const TOWNS = {
	DE: ['M', 'B', 'HH', 'K', 'F', 'S', 'N', 'A', 'LEV', 'ROS'],
	FR: ['69', '75', '13', '33'],
	US: ['IL', 'CO', 'TX', 'CA'],
};

const VIN_LETTERS = 'ABCDEFGHJKLMNPRSTUVWXYZ0123456789';
const PLATE_LETTERS = 'ABCDEFGHJKLMNPRSTUVWXYZ';
/** Model years 2010 to 2025 (49 CFR 565.15, table VII). */
const YEAR_CODES = 'ABCDEFGHJKLMNPRS';
const FIRST_YEAR = 2010;
const VALUES = Object.fromEntries([...'ABCDEFGH'].map((letter, at) => [letter, at + 1]));
for (const [at, letter] of [...'JKLMN'].entries()) VALUES[letter] = at + 1;
Object.assign(VALUES, { P: 7, R: 9 });
for (const [at, letter] of [...'STUVWXYZ'].entries()) VALUES[letter] = at + 2;
const WEIGHTS = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];

/** The ninth character of a VIN (49 CFR 565.15 (c)), whatever stands there now. */
export function checkDigit(vin) {
	const sum = [...vin].reduce((total, char, at) => total + WEIGHTS[at] * (VALUES[char] ?? Number(char)), 0);
	return sum % 11 === 10 ? 'X' : String(sum % 11);
}

function vinOf(random, wmi, year, serial) {
	const described = random.letters(5, VIN_LETTERS);
	const plant = random.letters(1, PLATE_LETTERS);
	const open = `${wmi}${described}0${YEAR_CODES[year - FIRST_YEAR]}${plant}${String(serial % 1_000_000).padStart(6, '0')}`;
	return open.slice(0, 8) + checkDigit(open) + open.slice(9);
}

function plateOf(random, market, electric) {
	const letters = (count) => random.letters(count, PLATE_LETTERS);
	if (market === 'FR') return `${letters(2)}-${random.integer(100, 999)}-${letters(2)}`;
	if (market === 'US') return `${random.integer(1, 9)}${letters(3)}${random.integer(100, 999)}`;
	const number = `${random.pick(TOWNS.DE)}-${letters(2)} ${random.integer(100, 9999)}`;
	return electric && number.length < 10 ? `${number}E` : number;
}

const two = (part) => String(part).padStart(2, '0');

/**
 * Vehicles with valid VINs, plates as Germany, France and the United States issue them (all different), and the day
 * of their first registration as `yyyy-mm-dd`.
 */
export function generateVehicles(random, count) {
	const plates = new Set();
	return Array.from({ length: count }, (_, index) => {
		const { wmi, make, model, fuel, tankLitres, market } = random.pick(MODELS);
		const year = random.integer(fuel === 'electric' ? 2021 : 2014, 2024);
		let plate = plateOf(random, market, fuel === 'electric');
		while (plates.has(plate)) plate = plateOf(random, market, fuel === 'electric');
		plates.add(plate);
		return {
			vin: vinOf(random, wmi, year, 100_000 + index),
			plate,
			make,
			model,
			year,
			fuelType: fuel,
			tankSizeLitres: tankLitres,
			firstRegistration: `${year}-${two(random.integer(1, 12))}-${two(random.integer(1, 28))}`,
			market,
		};
	});
}
