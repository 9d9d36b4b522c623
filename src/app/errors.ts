import { FleetError } from '../domain/errors';

export class RecordNotFoundError extends FleetError {
	constructor(record: string, key: string | number, list = 'Get Many') {
		super(`There is no ${record} '${key}'`, `Check the id or key, or use "${list}" to list what there is.`);
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

export class AmbiguousKeyError extends FleetError {
	constructor(record: string, field: string, value: string) {
		super(
			`More than one ${record} has the ${field} '${value}'`,
			`Choose the ${record} from the list or by its id, or give a field that is unique.`,
		);
	}
}

export class MissingKeyError extends FleetError {
	constructor(record: string, fields: string) {
		super(
			`The ${record} has nothing to be known by`,
			`Give at least one of: ${fields}. Feeds and "Create or Update" find the ${record} by it.`,
		);
	}
}

export class NoStatusYetError extends FleetError {
	constructor(vehicle: string | number) {
		super(
			`The vehicle '${vehicle}' has not reported yet`,
			'Publish a status message for it to a feed, then try again.',
		);
	}
}

export class NoPositionYetError extends FleetError {
	constructor(vehicle: string | number) {
		super(
			`The vehicle '${vehicle}' has not reported a position yet`,
			'Publish a status message with latitude and longitude for it to a feed, then try again.',
		);
	}
}

export class RuleScopeError extends FleetError {
	constructor(rule: string, vehicles: string) {
		super(
			`The rule '${rule}' does not watch the vehicles of tasks, its scope is '${vehicles}'`,
			`Change the scope of the rule to 'tasks' ("Update" the rule), then attach it.`,
		);
	}
}

export class GeofenceInUseError extends FleetError {
	constructor(geofence: string, lost: string, rules: readonly string[]) {
		const names = rules.map((name) => `'${name}'`).join(', ');
		super(
			`The geofence '${geofence}' has to keep its ${lost}: ${rules.length === 1 ? 'the rule' : 'the rules'} ${names} would find none any more`,
			`Change or delete ${rules.length === 1 ? 'that rule' : 'those rules'} first. The shape can be changed at any time.`,
		);
	}
}

export class ClosedTaskError extends FleetError {
	constructor(id: number, state: string) {
		super(
			`The task ${id} is ${state}, and rules watch open tasks only`,
			'Create a new task and attach the rule to that one.',
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

export class MetricsServerError extends FleetError {}

export class MailError extends FleetError {
	constructor(
		message: string,
		hint: string,
		/** False when trying again cannot help: the server refused the message for good. */
		readonly isTransient: boolean,
		/** True when it broke off where the server may have taken the message already. */
		readonly mayBeSent = false,
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

/** Where files are kept or fetched from (S3, HTTP) cannot be used, or does not give them. */
export class FileServerError extends FleetError {
	constructor(
		message: string,
		hint: string,
		/** True when the same may work in a moment. */
		readonly isTransient: boolean,
		options?: ErrorOptions,
	) {
		super(message, hint, options);
	}
}

export class NothingRefusedError extends FleetError {
	constructor(importId: number) {
		super(
			`The import ${importId} has refused no rows`,
			'There is nothing to mend: a file of errors is only made where there are some.',
		);
	}
}

/** More than a file of the wanted format can hold. */
export class TableTooLargeError extends FleetError {}

/** An uploaded file that cannot be read as a whole; what is wrong in single rows is a row error instead. */
export class UnreadableFileError extends FleetError {}

export class ReusedIdempotencyKeyError extends FleetError {
	constructor(key: string, importId: number) {
		super(
			`The idempotency key '${key}' was used for another file, of import ${importId}`,
			'Give every file a key of its own; the same key is for sending the same file again.',
		);
	}
}

export class ImportStateError extends FleetError {
	constructor(id: number, state: string, verb: string, states: readonly string[]) {
		super(
			`The import ${id} is ${state} and cannot be ${verb}`,
			`It can be while it is ${states.join(' or ')}.`,
		);
	}
}

export class UnknownTemplateError extends FleetError {
	constructor(name: string, nearest: string | null, names: readonly string[]) {
		super(
			`There is no rule template '${name}'`,
			`${nearest === null ? '' : `Did you mean '${nearest}'? `}The templates are ${names.join(', ')}.`,
		);
	}
}

export class UnnamableRecordError extends FleetError {
	constructor(record: string, id: number) {
		super(
			`The ${record} ${id} has no key that means it alone`,
			`Give the ${record} an external id of its own, so that a file can name it.`,
		);
	}
}

export class NoTrialError extends FleetError {
	constructor(rule: string) {
		super(`The rule '${rule}' has no trial`, 'Start one first, with the changes that are to be tried.');
	}
}
