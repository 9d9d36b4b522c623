import type { MessageFormat } from '../message-formats/message-format';
import { messageReader } from '../message-formats/message-reader';
import { parseStatusMessage } from '../parse-status-message';
import type { ImportMapping } from './import-mapping';
import { planImport } from './plan-import';
import { rowInterpreter } from './row-interpreter';
import type { SourceRow } from './source-row';
import { ASKED } from './testing/plan';

function rowOf(message: object, isText = false): SourceRow {
	return { row: 1, list: null, columns: Object.keys(message), cells: Object.values(message), isText };
}

function read(message: object, format: MessageFormat | null = null, isText = false) {
	const row = rowOf(message, isText);
	const plan = planImport([row], { ...ASKED, format });
	const interpreted = rowInterpreter(plan, 'auto')(row);
	return {
		...{ preset: plan.lists[0]?.format?.preset, kind: plan.lists[0]?.kind },
		statuses: interpreted.ok ? interpreted.records.statuses : undefined,
		error: interpreted.ok ? undefined : interpreted.error,
	};
}

const traccar = {
	position: {
		...{ deviceId: 2, protocol: 'osmand', fixTime: '2022-03-29T18:25:00.000+0000', valid: true },
		...{ latitude: 48.1, longitude: 11.5, speed: 10, course: 0 },
		attributes: { batteryLevel: 50, totalDistance: 13_465_376.73, motion: false },
	},
	device: { uniqueId: '305975', status: 'online' },
};
const samsara = {
	...{ id: '212014918732717', name: 'Big Red' },
	gps: { time: '2020-05-13T20:04:10Z', latitude: 37.38, longitude: -122.05, speedMilesPerHour: 10 },
	engineStates: [
		{ time: '2020-05-13T20:04:10Z', value: 'On' },
		{ time: '2020-05-13T20:05:10Z', value: 'Idle' },
	],
};
const smartcar = {
	...{ eventId: '5a53', eventType: 'VEHICLE_STATE', triggers: [], meta: { deliveryId: '48b2' } },
	data: {
		vehicle: { id: '123e' },
		signals: [
			{
				code: 'tractionbattery-stateofcharge',
				body: { unit: 'percent', value: 75 },
				status: { value: 'SUCCESS' },
				meta: { oemUpdatedAt: 1_758_668_712_404 },
			},
		],
	},
};
const rfms = {
	...{ vin: 'ABC12345678901234', triggerType: { triggerType: 'IGNITION_ON' } },
	...{ createdDateTime: '2019-05-22T07:44:42.800Z', hrTotalVehicleDistance: 95_055 },
	snapshotData: { gnssPosition: { latitude: 57.7, longitude: 11.9 }, wheelBasedSpeed: 54.3 },
};
const gtfs = {
	id: 'e1',
	vehicle: {
		...{ vehicle: { id: 'bus-7' }, timestamp: 1_650_000_000 },
		position: { latitude: 52.5, longitude: 13.4, speed: 10 },
	},
};
const obd2 = { vehicle: 'M-AB 1', time: '2026-01-01T10:00:00Z', '0C': '1AF8', '0D': '32' };

test.each([
	['traccar', traccar, { vehicle: '305975', attributes: { speed: 18.52, batteryLevel: 50 } }],
	['smartcar', smartcar, { messageId: '5a53', vehicle: '123e', attributes: { batteryLevel: 75 } }],
	['rfms', rfms, { vehicle: rfms.vin, attributes: { odometer: 95.055, speed: 54.3, ignition: true } }],
	['gtfsRealtime', gtfs, { vehicle: 'bus-7', attributes: { speed: 36 } }],
	['obd2', obd2, { vehicle: 'M-AB 1', attributes: undefined }],
] as const)(
	'messages of %s are known by themselves, with their units converted',
	(preset, message, value) => {
		const { attributes, ...others } = value;
		const found = read(message);
		expect(found).toMatchObject({ preset, kind: 'statuses', statuses: [{ value: others }] });
		expect(found.statuses).toHaveLength(1);
		if (attributes) expect(found.statuses?.[0]?.value.attributes).toMatchObject(attributes);
		else expect(found.statuses?.[0]?.value).toMatchObject({ rpm: 1726, speed: 50 });
	},
);

test.each([
	['traccar', traccar],
	['samsara', samsara],
	['smartcar', smartcar],
	['rfms', rfms],
	['gtfsRealtime', gtfs],
] as const)('a message of %s is the same, by a file or by a feed', (preset, message) => {
	const limits = { now: Date.UTC(2030, 0, 1), maxFutureMs: 0 };
	const byFeed: unknown[] = [];
	const text = preset === 'gtfsRealtime' ? { entity: [message] } : message;
	messageReader({ preset, messageId: 'message' }).read(JSON.stringify(text), {}, limits, (parsed) => {
		byFeed.push(parsed.ok && parsed.message);
	});
	const byFile = (read(message).statuses ?? []).map(({ value, isConverted }) => {
		const origin = isConverted ? { pathOf: (field: string) => field } : undefined;
		const parsed = parseStatusMessage(structuredClone(value), limits, '', { origin });
		return parsed.ok && parsed.message;
	});
	expect(byFile).toEqual(byFeed);
	expect(byFile[0]).toHaveProperty('messageId');
});

test('one row may hold several reports, wrapped in what the interface answers or not', () => {
	const reports = [
		{ value: { vehicle: samsara.id, reportedAt: '2020-05-13T20:04:10Z', attributes: { ignition: true } } },
		{
			value: { vehicle: samsara.id, reportedAt: '2020-05-13T20:05:10Z', attributes: { engineState: 'Idle' } },
		},
	];
	expect(read(samsara)).toMatchObject({ preset: 'samsara', statuses: reports });
	expect(read({ data: [samsara], pagination: {} })).toMatchObject({ preset: 'samsara', statuses: reports });
	expect(read({ header: { timestamp: 1_650_000_000 }, entity: [gtfs, gtfs] }).statuses).toHaveLength(2);
	expect(read({ vehicleStatusResponse: { vehicleStatuses: [rfms, rfms] } }).statuses).toHaveLength(2);
});

test('any other shape is read by paths, with the id that the format says', () => {
	const format: MessageFormat = {
		...{ preset: 'custom', messageId: { field: 'meta.id' } },
		mapping: {
			...{ items: 'readings', vehicle: '$.car', time: 'at' },
			attributes: [{ path: 'v.0', name: 'speed', unit: 'mph' }],
		},
	};
	const message = { car: 'M-AB 1', readings: [{ at: 1_700_000_000, v: [10], meta: { id: 'm1' } }] };
	expect(read(message, format)).toMatchObject({
		...{ preset: 'custom', kind: 'statuses' },
		statuses: [{ value: { messageId: 'm1', vehicle: 'M-AB 1', attributes: { speed: 16.09344 } } }],
	});
	const csv = { car: '007', at: '1700000000', speed: "'10", note: '' };
	const flat: MessageFormat = {
		...{ preset: 'custom', messageId: 'content' },
		mapping: { vehicle: 'car', time: 'at', attributes: [{ path: 'speed', name: 'speed', unit: 'mph' }] },
	};
	expect(read(csv, flat, true).statuses).toMatchObject([
		{ value: { messageId: undefined, vehicle: '007', reportedAt: 1_700_000_000 } },
	]);
});

test('what is wrong with a message is the error of its row', () => {
	expect(read({ ...obd2, '0C': 'zz' })).toMatchObject({
		error: { row: 1, column: '0C', value: 'zz', message: expect.stringContaining('no response of 2 bytes') },
	});
	expect(read({ ...smartcar, data: { vehicle: { id: '1' }, signals: [] } })).toMatchObject({
		error: { column: 'data.signals', message: expect.stringContaining('none of the 0 signals') },
	});
	expect(read({ header: {}, entity: [{ id: '1', alert: {} }] })).toMatchObject({ statuses: [] });
});

test("a vehicle's list is none of messages, and a mapping of columns is stronger than a likeness", () => {
	const row = { ...rowOf(traccar), list: 'vehicles' };
	expect(planImport([row], ASKED).lists[0]).toMatchObject({ kind: 'vehicles' });
	const mapping: ImportMapping = {
		columns: [{ column: 'device.uniqueId', record: 'vehicle', field: 'externalId' }],
		...{ others: 'ignore', matchBy: 'auto' },
	};
	expect(planImport([rowOf(traccar)], { ...ASKED, mapping }).lists).toMatchObject([
		{ kind: 'vehicles', columns: mapping.columns },
	]);
});
