import { FleetError } from '../domain/errors';

export class RecordNotFoundError extends FleetError {
	constructor(record: string, key: string | number) {
		super(`There is no ${record} '${key}'`, `Check the id or key, or use "Get Many" to list what there is.`);
	}
}

export class DuplicateRecordError extends FleetError {
	constructor(
		record: string,
		readonly field: string,
		readonly value: string,
		options?: ErrorOptions,
	) {
		super(
			`Another ${record} already has the ${field} '${value}'`,
			`Give this ${record} another ${field}, or update the one that has it ("Create or Update" does either).`,
			options,
		);
	}
}

export class LeaseLostError extends FleetError {
	constructor(what: string) {
		super(
			`${what} was taken over by another worker`,
			'Nothing to do: the other worker goes on where this one stopped.',
		);
	}
}

export class StoreUnavailableError extends FleetError {}

export class BusUnavailableError extends FleetError {}

export class MailError extends FleetError {
	constructor(
		message: string,
		hint: string,
		/** False when trying again cannot help: the server refused the message for good. */
		readonly isTransient: boolean,
		options?: ErrorOptions,
	) {
		super(message, hint, options);
	}
}

export class BlobNotFoundError extends FleetError {
	constructor(key: string) {
		super(`The uploaded file '${key}' is gone`, 'Upload the file again: its import cannot run without it.');
	}
}
