import { InvalidFieldError } from '../domain/errors';
import { messageFormat, type MessageIdOptions } from './message-format';

const format = (entered: Record<string, unknown>, options?: MessageIdOptions) =>
	messageFormat((name, fallback) => entered[name] ?? fallback, options);

const custom = {
	format: 'custom',
	vehiclePath: ' device.id ',
	timePath: 'ts, data.ts',
	timeForm: 'epochSeconds',
	latitudePath: '',
	longitudePath: '',
	'attributePaths.attribute': [
		{ path: 'can.speed', name: '', unit: 'mph' },
		{ path: 'fuel', name: 'fuelLevel', unit: '' },
	],
	morePaths: { items: 'messages', others: true, sequence: '' },
};

describe('messageFormat', () => {
	it('is the product’s own unless another is chosen', () => {
		expect(format({})).toEqual({ preset: 'fleet', messageId: 'message' });
		expect(format({ format: 'traccar' }, { messageId: 'transport', vehicleTopicLevel: 2 })).toEqual({
			...{ preset: 'traccar', messageId: 'transport', vehicleTopicLevel: 2 },
		});
	});

	it('is made of the fields of a custom one', () => {
		expect(format(custom, { messageId: 'field', messageIdField: 'header.id' })).toEqual({
			preset: 'custom',
			messageId: { field: 'header.id' },
			mapping: {
				items: 'messages',
				vehicle: 'device.id',
				time: ['ts', 'data.ts'],
				timeForm: 'epochSeconds',
				others: true,
				attributes: [
					{ path: 'can.speed', name: 'speed', unit: 'mph' },
					{ path: 'fuel', name: 'fuelLevel' },
				],
			},
		});
	});

	it.each([
		[{ ...custom, vehiclePath: '' }, {}, 'Vehicle is missing'],
		[{ ...custom, timePath: '' }, {}, 'Time is missing'],
		[{ ...custom, timePath: 'a, ' }, {}, "'' in Time is no path"],
		[{ ...custom, latitudePath: 'lat' }, {}, 'Longitude is missing'],
		[{ ...custom, morePaths: { items: '$.x' } }, {}, "'$.x' in List of Messages begins at the whole payload"],
		[
			{ ...custom, 'attributePaths.attribute': [{ path: 'a' }, { path: '', name: 'b' }] },
			{},
			'Attributes, row 2, path is missing',
		],
		[{ format: 'fleet' }, { messageId: 'field' as const }, 'Message ID Field is missing'],
		[{ format: 'fleet' }, { vehicleTopicLevel: 0 }, '0 in Vehicle in Topic is no part of a topic'],
		[{ format: 'trackar' }, {}, "'trackar' in Message Format is not known"],
	])('names the field that is wrong: %j %j', (entered, options, message) => {
		expect(() => format(entered, options)).toThrow(InvalidFieldError);
		expect(() => format(entered, options)).toThrow(message);
	});
});
