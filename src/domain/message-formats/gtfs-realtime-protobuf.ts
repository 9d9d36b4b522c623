import { PbfReader, PbfWriter } from 'pbf';
import { InvalidFieldError } from '../errors';
import { base64Text } from './base64-text';
import { isTooMany, tooManyMessages } from './message-limit';
import type { JsonMessage } from './read-json-text';

type Fields = Record<string, unknown>;

/** How a value is written: its wire type, and what reads it. A field of another wire type is none that we know. */
interface ValueType {
	readonly wire: 0 | 1 | 2 | 5;
	read(pbf: PbfReader): unknown;
}

/** By field number: the name in the JSON form, and how the value is written. */
type MessageType = Readonly<Record<number, readonly [name: string, type: ValueType]>>;

const text: ValueType = { wire: 2, read: (pbf) => pbf.readString() };
const whole: ValueType = { wire: 0, read: (pbf) => pbf.readVarint() };
const flag: ValueType = { wire: 0, read: (pbf) => pbf.readBoolean() };
const float: ValueType = { wire: 5, read: (pbf) => pbf.readFloat() };
const double: ValueType = { wire: 1, read: (pbf) => pbf.readDouble() };
const message = (type: MessageType): ValueType => ({
	wire: 2,
	read: (pbf) => readMessage(pbf.readBytes(), type),
});

/*
 * Field numbers of gtfs-realtime.proto, version 2.0 (https://gtfs.org/documentation/realtime/proto/), as far as vehicle
 * positions need them. All others are skipped.
 */
const TRIP: MessageType = {
	1: ['tripId', text],
	2: ['startTime', text],
	3: ['startDate', text],
	5: ['routeId', text],
	6: ['directionId', whole],
};
const POSITION: MessageType = {
	1: ['latitude', float],
	2: ['longitude', float],
	3: ['bearing', float],
	4: ['odometer', double],
	5: ['speed', float],
};
const VEHICLE: MessageType = { 1: ['id', text], 2: ['label', text], 3: ['licensePlate', text] };
const VEHICLE_POSITION: MessageType = {
	1: ['trip', message(TRIP)],
	2: ['position', message(POSITION)],
	3: ['currentStopSequence', whole],
	4: ['currentStatus', whole],
	5: ['timestamp', whole],
	6: ['congestionLevel', whole],
	7: ['stopId', text],
	8: ['vehicle', message(VEHICLE)],
	9: ['occupancyStatus', whole],
	10: ['occupancyPercentage', whole],
};
const ENTITY: MessageType = {
	1: ['id', text],
	2: ['isDeleted', flag],
	4: ['vehicle', message(VEHICLE_POSITION)],
};
const HEADER: MessageType = { 1: ['gtfsRealtimeVersion', text], 3: ['timestamp', whole] };

const HEADER_FIELD = 1;
const ENTITY_FIELD = 2;

/**
 * A FeedMessage in the JSON form, and by themselves the entities in it that cannot be read. Throws for bytes that are
 * no FeedMessage.
 */
export function readFeedMessage(bytes: Uint8Array): readonly JsonMessage[] {
	const pbf = new PbfReader(bytes);
	let header: Fields | null = null;
	const entity: Fields[] = [];
	const bad: JsonMessage[] = [];
	for (let field = pbf.nextField(); field !== 0; field = pbf.nextField()) {
		if ((field === HEADER_FIELD || field === ENTITY_FIELD) && pbf.type === 2) {
			const part = pbf.readBytes();
			refuseOverrun(pbf);
			if (field === HEADER_FIELD) header = readMessage(part, HEADER);
			else readEntity(part, entity, bad);
			if (isTooMany(entity.length + bad.length)) throw tooManyMessages();
		}
	}
	refuseRest(pbf);
	if (header === null && entity.length + bad.length === 0)
		throw new Error('it has neither header nor entities');
	return [
		{ value: { ...(header === null ? {} : { header }), entity }, text: () => base64Text(bytes) },
		...bad,
	];
}

function readEntity(bytes: Uint8Array, good: Fields[], bad: JsonMessage[]): void {
	try {
		good.push(readMessage(bytes, ENTITY));
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		const hint = 'Send the entity as gtfs-realtime.proto describes it.';
		bad.push({
			error: new InvalidFieldError('', `the entity cannot be read: ${reason}`, hint),
			text: () => base64Text(feedMessageOf(bytes)),
		});
	}
}

/** A FeedMessage that holds this entity alone. */
function feedMessageOf(entity: Uint8Array): Uint8Array {
	const pbf = new PbfWriter();
	pbf.writeBytesField(ENTITY_FIELD, entity);
	return pbf.finish();
}

function readMessage(bytes: Uint8Array, type: MessageType): Fields {
	const pbf = new PbfReader(bytes);
	const fields: Fields = {};
	for (let number = pbf.nextField(); number !== 0; number = pbf.nextField()) {
		const known = type[number];
		if (known === undefined) continue;
		const [name, { wire, read }] = known;
		if (pbf.type === wire) fields[name] = read(pbf);
		refuseOverrun(pbf);
	}
	refuseRest(pbf);
	return fields;
}

/** The reader itself does not notice when a field says that it is longer than the message. */
function refuseOverrun({ pos, length }: PbfReader): void {
	if (pos > length) throw new Error('it ends in the middle of a field');
}

/** Field number 0, which there is not, looks like the end. */
function refuseRest(pbf: PbfReader): void {
	refuseOverrun(pbf);
	if (pbf.pos < pbf.length) throw new Error(`there is no field number 0, as at byte ${pbf.pos}`);
}
