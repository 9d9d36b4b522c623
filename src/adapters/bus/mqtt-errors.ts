/** The connection was closed without a word. */
export class ClosedByBrokerError extends Error {}

/** The broker said goodbye, with its reason (MQTT 5). */
export class DisconnectedError extends Error {
	constructor(readonly code: number) {
		super(`The broker disconnected with reason ${code}`);
	}
}

/** The connection was closed without a word by a broker that is well: as older ones do when another client takes over. */
export class LikelyTakenOverError extends Error {}

/** What came first is no answer of an MQTT broker. */
export class NotMqttError extends Error {
	constructor(readonly first: Buffer) {
		super('The answer is not one of an MQTT broker');
	}
}

/** The broker grants less than what is needed, so that messages would be lost. */
export class NoQosError extends Error {}

/** The broker refused the subscription. */
export class SubscriptionRefusedError extends Error {
	constructor(
		readonly filter: string,
		readonly code: number,
	) {
		super(`The subscription was refused with reason ${code}`);
	}
}

/** The broker refused a message (MQTT 5 only: of 3.1.1 it takes it and drops it). */
export class PublishingRefusedError extends Error {
	constructor(
		readonly topic: string,
		readonly code: number,
	) {
		super(`The message was refused with reason ${code}`);
	}
}
