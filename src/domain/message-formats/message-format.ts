import type { UnitName } from '../units';

/** Shapes that are known; `custom` is any other, described by a mapping. */
export const PRESETS = [
	'fleet',
	'traccar',
	'samsara',
	'smartcar',
	'rfms',
	'gtfsRealtime',
	'obd2',
	'custom',
] as const;
export type PresetName = (typeof PRESETS)[number];

export const TIME_FORMS = ['auto', 'iso', 'epochSeconds', 'epochMilliseconds'] as const;
export type TimeForm = (typeof TIME_FORMS)[number];

export const MESSAGE_IDS = ['message', 'transport', 'content'] as const;

/**
 * Where something lies in a JSON value: names joined by dots, list elements by their number from 0, e.g.
 * `data.position.lat` or `readings.0.value`. A name that has dots in it is found as well. `$.` at the front begins at
 * the whole payload rather than at the message. Of several paths, the first counts that leads to a value.
 */
export type Paths = string | readonly string[];

export interface AttributePath {
	readonly path: Paths;
	/** What the attribute is called in the fleet. */
	readonly name: string;
	/** What the sender measures it in; values become those of the dimension's canonical unit. */
	readonly unit?: UnitName;
}

/** Where the parts of a status message lie in what a sender sends. */
export interface FieldMapping {
	/** The list of messages in the payload; left out, the payload is one message or a list of them. */
	readonly items?: Paths;
	/** May be left out when the vehicle's key comes from the topic. */
	readonly vehicle?: Paths;
	readonly time: Paths;
	/** Default `auto`: ISO 8601, or seconds or milliseconds since 1970, told apart by their size. */
	readonly timeForm?: TimeForm;
	readonly messageId?: Paths;
	readonly sequence?: Paths;
	/** Degrees, WGS 84. */
	readonly latitude?: Paths;
	readonly longitude?: Paths;
	/** Degrees clockwise from north. */
	readonly heading?: Paths;
	readonly attributes?: readonly AttributePath[];
	/**
	 * Whether all other fields become attributes, or the path below which they do. Fields of objects are named after
	 * both: `engine.rpm` becomes `engineRpm`. Lists, and texts too long for an attribute, are left out.
	 */
	readonly others?: boolean | string;
}

interface CommonFormat {
	/**
	 * What identifies a message, so that a repetition has no effect. `message`: the id that it carries, else its
	 * content; `transport`: what the transport calls the delivery; `content`: the content alone; `field`: the value at
	 * this path, else the content.
	 */
	readonly messageId: (typeof MESSAGE_IDS)[number] | { readonly field: string };
	/**
	 * The part of the topic that is the vehicle's key, counted from 1, or from the end as -1: 2 in
	 * `fleet/TRUCK-7/status`. Transports without topics leave the message's own key in force.
	 */
	readonly vehicleTopicLevel?: number;
}

/** How the payloads of a feed are read: plain data, so that it can be kept in a node, a file or a message to a thread. */
export type MessageFormat = CommonFormat &
	(
		| { readonly preset: Exclude<PresetName, 'custom'> }
		| { readonly preset: 'custom'; readonly mapping: FieldMapping }
	);

/** Status messages in the product's own shape. */
export const FLEET_FORMAT: MessageFormat = { preset: 'fleet', messageId: 'message' };
