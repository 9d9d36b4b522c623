import { InvalidFieldError } from '../errors';

/** Of one payload, since they are taken in one transaction. */
const MAX_MESSAGES = 50_000;

export const isTooMany = (messages: number): boolean => messages > MAX_MESSAGES;

export const tooManyMessages = (): InvalidFieldError =>
	new InvalidFieldError(
		'',
		`the payload holds more than ${MAX_MESSAGES} messages`,
		'Send fewer messages in one payload.',
	);
