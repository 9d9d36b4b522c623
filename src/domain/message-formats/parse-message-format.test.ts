import { parse } from 'yaml';
import { InvalidFieldError } from '../errors';
import { parseMessageFormat } from './parse-message-format';

const mistakeOf = (value: unknown) => {
	try {
		parseMessageFormat(value);
	} catch (error) {
		if (error instanceof InvalidFieldError)
			return { field: error.field, message: error.message, hint: error.hint };
		throw error;
	}
	return null;
};

const mapping = { vehicle: 'id', time: 't' };
const custom = (changes: object) => ({ preset: 'custom', mapping: { ...mapping, ...changes } });

describe('parseMessageFormat', () => {
	it('reads a preset by its name alone, or with what identifies a message', () => {
		expect(parseMessageFormat('traccar')).toEqual({ preset: 'traccar', messageId: 'message' });
		const given = { preset: 'rfms', messageId: { field: ' header.id ' }, vehicleTopicLevel: -1 };
		expect(parseMessageFormat(given)).toEqual({
			...{ preset: 'rfms', messageId: { field: 'header.id' }, vehicleTopicLevel: -1 },
		});
		expect(parseMessageFormat({ preset: 'fleet', messageId: 'transport' })).toEqual({
			...{ preset: 'fleet', messageId: 'transport' },
		});
	});

	it('reads a mapping from YAML, units in any spelling, names from the paths', () => {
		const text = `
preset: custom
mapping:
  items: data.messages
  vehicle: [device.vin, $.device.imei]
  time: ts
  timeForm: epochSeconds
  latitude: position.lat
  longitude: position.lon
  others: true
  attributes:
    - { path: can.speed, unit: Knots }
    - { path: [fuel, can.fuel], name: fuelLevel }
    - { path: temp, name: cargoTemperature, unit: fahrenheit }
`;
		const format = parseMessageFormat(parse(text));
		expect(format).toEqual({
			preset: 'custom',
			messageId: 'message',
			mapping: {
				items: 'data.messages',
				vehicle: ['device.vin', '$.device.imei'],
				time: 'ts',
				timeForm: 'epochSeconds',
				latitude: 'position.lat',
				longitude: 'position.lon',
				others: true,
				attributes: [
					{ path: 'can.speed', name: 'speed', unit: 'kn' },
					{ path: ['fuel', 'can.fuel'], name: 'fuelLevel' },
					{ path: 'temp', name: 'cargoTemperature', unit: '°F' },
				],
			},
		});
		expect(parseMessageFormat(format)).toEqual(format);
		expect(
			parseMessageFormat({ preset: 'custom', vehicleTopicLevel: 2, mapping: { time: 't' } }),
		).toMatchObject({
			mapping: { time: 't', attributes: [] },
		});
	});

	it.each([
		[7, 'format', 'format is a number, not an object', 'Give e.g. { preset: traccar }.'],
		['tracar', 'format.preset', "'tracar' in format.preset is not known", "Did you mean 'traccar'?"],
		[{}, 'format.preset', 'format.preset is missing', 'Give one of: fleet, traccar'],
		[
			{ preset: 'fleet', mesageId: 'content' },
			'format.mesageId',
			"no field 'mesageId'",
			"Did you mean 'messageId'?",
		],
		[
			{ preset: 'fleet', messageId: 'hash' },
			'format.messageId',
			"'hash' in format.messageId is not known",
			'content',
		],
		[
			{ preset: 'fleet', messageId: { field: '' } },
			'format.messageId.field',
			"'' in format.messageId.field is no path",
			'',
		],
		[
			{ preset: 'fleet', messageId: { field: '$.id' } },
			'format.messageId.field',
			'begins at the whole payload',
			'id',
		],
		[
			{ preset: 'fleet', vehicleTopicLevel: 0 },
			'format.vehicleTopicLevel',
			'0 in format.vehicleTopicLevel',
			'TRUCK-7',
		],
		[{ preset: 'rfms', mapping }, 'format.mapping', "beside the preset 'rfms'", 'preset: custom'],
		[
			{ preset: 'custom' },
			'format.mapping',
			'format.mapping is missing, not an object',
			'vehicle: device.id',
		],
		[custom({ vehicle: undefined }), 'format.mapping.vehicle', 'format.mapping.vehicle is missing', 'topic'],
		[
			custom({ time: undefined }),
			'format.mapping.time',
			'format.mapping.time is missing',
			'data.position.lat',
		],
		[custom({ time: [] }), 'format.mapping.time', 'format.mapping.time is empty', ''],
		[
			custom({ time: ['t', 5] }),
			'format.mapping.time[1]',
			'format.mapping.time[1] is a number, not text',
			'',
		],
		[custom({ time: 'a..b' }), 'format.mapping.time', "'a..b' in format.mapping.time is no path", ''],
		[custom({ time: 'a.__proto__.b' }), 'format.mapping.time', 'is no path', ''],
		[custom({ timeForm: 'seconds' }), 'format.mapping.timeForm', "'seconds' in", 'epochSeconds'],
		[
			custom({ latitude: 'lat' }),
			'format.mapping.longitude',
			'format.mapping.longitude is missing',
			'latitude and',
		],
		[custom({ items: '$.data' }), 'format.mapping.items', 'begins at the whole payload', 'e.g. data'],
		[custom({ others: 5 }), 'format.mapping.others', 'format.mapping.others is a number, not text', ''],
		[custom({ lat: 'x' }), 'format.mapping.lat', "no field 'lat'", 'latitude'],
		[custom({ attributes: {} }), 'format.mapping.attributes', 'is an object, not a list', 'can.speed'],
		[custom({ attributes: [{ name: 'x' }] }), 'format.mapping.attributes[0].path', 'is missing', ''],
		[
			custom({ attributes: [{ path: 'x', units: 'm' }] }),
			'format.mapping.attributes[0].units',
			'no field',
			"'unit'",
		],
		[
			custom({ attributes: [{ path: 'x', unit: 'mhp' }] }),
			'format.mapping.attributes[0].unit',
			"'mhp'",
			"'mph'",
		],
		[
			custom({ attributes: [{ path: 'speed', unit: 'L' }] }),
			'format.mapping.attributes[0].unit',
			'not measured in',
			'km/h',
		],
		[
			custom({ attributes: [{ path: 'a' }, { path: 'b.a' }] }),
			'format.mapping.attributes[1].name',
			'given twice',
			'',
		],
		[
			custom({ attributes: [{ path: 'a', name: '' }] }),
			'format.mapping.attributes[0].name',
			'cannot be the name',
			'',
		],
	])('refuses %j', (value, field, message, hint) => {
		expect(mistakeOf(value)).toEqual({
			field,
			message: expect.stringContaining(message),
			hint: expect.stringContaining(hint),
		});
	});
});
