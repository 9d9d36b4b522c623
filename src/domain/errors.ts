/** An error that tells a person what happened (`message`) and how to mend it (`hint`). */
export abstract class FleetError extends Error {
	constructor(
		message: string,
		readonly hint: string,
		options?: ErrorOptions,
	) {
		super(message, options);
		this.name = new.target.name;
	}
}

/** A value that breaks a rule of the domain. `field` is a dotted path into what was given. */
export class InvalidFieldError extends FleetError {
	constructor(
		readonly field: string,
		message: string,
		hint: string,
	) {
		super(message, hint);
	}
}
