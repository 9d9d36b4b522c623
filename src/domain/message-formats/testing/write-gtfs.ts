import { PbfWriter } from 'pbf';

/** A field of a protobuf message: its number, how it is written, its value. */
export type Field = readonly [
	number: number,
	type: 'text' | 'whole' | 'float' | 'double',
	value: string | number,
];

export function write(
	fields: readonly (Field | readonly [number: number, message: Uint8Array])[],
): Uint8Array {
	const pbf = new PbfWriter();
	for (const [number, type, value] of fields) {
		if (type instanceof Uint8Array) pbf.writeBytesField(number, type);
		else if (type === 'text') pbf.writeStringField(number, String(value));
		else if (type === 'whole') pbf.writeVarintField(number, Number(value));
		else if (type === 'float') pbf.writeFloatField(number, Number(value));
		else pbf.writeDoubleField(number, Number(value));
	}
	return pbf.finish();
}

const POSITION: readonly Field[] = [
	[1, 'float', 48.5],
	[2, 'float', 11.25],
	[3, 'float', 90],
	[4, 'double', 120_500],
	[5, 'float', 12.5],
];

/** An entity with a vehicle position that has everything. */
export const entity = (
	id: string,
	position: readonly Field[] = POSITION,
	timestamp: number | null = 1_700_000_000,
) =>
	write([
		[1, 'text', `entity ${id}`],
		[
			4,
			write([
				[
					1,
					write([
						[1, 'text', 'trip 1'],
						[5, 'text', 'route 2'],
					]),
				],
				[2, write(position)],
				[3, 'whole', 7],
				[4, 'whole', 1],
				...(timestamp === null ? [] : [[5, 'whole', timestamp] as const]),
				[6, 'whole', 2],
				[7, 'text', 'stop 3'],
				[
					8,
					write([
						[1, 'text', id],
						[2, 'text', 'Line 5'],
						[3, 'text', 'M-AB 123'],
					]),
				],
				[9, 'whole', 5],
				[10, 'whole', 80],
				[1999, 'text', 'an extension'],
			]),
		],
	]);

export const feedMessage = (...entities: readonly Uint8Array[]): Uint8Array =>
	write([
		[
			1,
			write([
				[1, 'text', '2.0'],
				[3, 'whole', 1_700_000_100],
			]),
		],
		...entities.map((one) => [2, one] as const),
	]);
