import { InvalidFieldError } from './errors';

const MAX_PLATE_LENGTH = 20;

/** One spelling for the many that people use: `  m-ab   123` is `M-AB 123`. */
export function normalisePlate(plate: string): string {
	return plate.trim().toUpperCase().replace(/\s+/g, ' ');
}

/** @throws InvalidFieldError when it is longer than any registration plate. */
export function parsePlate(text: string, field: string): string {
	const plate = normalisePlate(text);
	if ([...plate].length > MAX_PLATE_LENGTH) {
		throw new InvalidFieldError(
			field,
			`The plate '${plate}' has ${[...plate].length} characters, more than ${MAX_PLATE_LENGTH}`,
			'Give the registration plate alone; other texts go into name or an attribute.',
		);
	}
	return plate;
}
