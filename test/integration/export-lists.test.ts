import { read, utils } from 'xlsx';
import type { ExportedList } from '../../src/app/exports/export-table';
import {
	customerFields,
	firing,
	report,
	ruleFields,
	taskFields,
	vehicleFields,
} from '../contracts/store/samples';
import { type ExportBench, NOW, openExportBench } from './export-lib';

const HOUR = 3_600_000;
let bench: ExportBench;
const ids: Record<'customer' | 'nameless' | 'van' | 'truck', number> = {
	customer: 0,
	nameless: 0,
	van: 0,
	truck: 0,
};

beforeAll(async () => {
	bench = await openExportBench();
	await bench.write(async (session) => {
		const none = { email: null, attributes: {} };
		const acme = customerFields({ ...none, externalId: 'C-1', name: 'Acme', attributes: { tier: 'gold' } });
		const muller = customerFields({ ...none, name: 'Müller' });
		ids.customer = (await session.customers.create(acme, NOW)).id;
		ids.nameless = (await session.customers.create(muller, NOW)).id;
		const van = vehicleFields({ vin: 'WVWZZZ1JZXW000001', plate: 'M-AB 1', attributes: { seats: 3 } });
		ids.van = (await session.vehicles.create(van, NOW)).id;
		ids.truck = (await session.vehicles.create(vehicleFields({ plate: 'M-CD 2' }), NOW + HOUR)).id;
		await session.vehicles.attach(ids.van, ids.customer, NOW);
		await session.vehicles.attach(ids.truck, ids.nameless, NOW);
		const links = { vehicleId: ids.van, customerId: ids.nameless };
		await session.tasks.create(taskFields({ title: 'Refuel', dueAt: NOW, ...links }), NOW);
		for (const [at, vehicleId] of [ids.van, ids.van, ids.truck].entries()) {
			const position = at === 0 ? null : { latitude: 48.1, longitude: 11.5 };
			const status = report(vehicleId, {
				...{ messageId: `m${at}`, reportedAt: NOW + at * HOUR, sequence: at },
				...{ position, attributes: { fuelLevel: 40 - at } },
			});
			await session.statuses.append([status]);
			await session.statuses.saveCurrent([status]);
		}
		const { id: ruleId } = await session.rules.create(ruleFields({ name: 'Low fuel' }), NOW);
		await session.firings.open([
			firing({ ruleId, vehicleId: ids.van, openedAt: NOW, evidence: { fuelLevel: 9 } }),
		]);
		await session.logs.append([
			{ at: NOW, level: 'warning', message: '=SUM(A1)', vehicleId: ids.truck, firingId: null },
		]);
		const fence = { type: 'circle', center: [11.5, 48.1], radiusMeters: 100 } as const;
		await session.geofences.create({ name: 'Depot', tags: ['home'], shape: fence, hysteresisMeters: 0 }, NOW);
		const refused = { messageId: 'x', payload: '{', reason: 'no JSON', field: null };
		await session.quarantine.add([{ ...refused, feed: 'test', receivedAt: NOW }]);
	});
});
afterAll(async () => await bench.close());

async function objectsOf(list: ExportedList, more: object = {}): Promise<object[]> {
	const { bytes } = await bench.export({ list, ...more }, { format: 'json' });
	return JSON.parse(bytes.toString()) as object[];
}

test('records name each other by keys that people know, and an import finds', async () => {
	expect(await objectsOf('customers')).toEqual([
		{ externalId: 'C-1', name: 'Acme', attributes: { tier: 'gold' } },
		{ name: 'Müller' },
	]);
	expect(await objectsOf('vehicles')).toEqual([
		{ vin: 'WVWZZZ1JZXW000001', plate: 'M-AB 1', customer: 'C-1', attributes: { seats: 3 } },
		{ plate: 'M-CD 2', customer: 'Müller' },
	]);
	expect(await objectsOf('tasks')).toEqual([
		{
			...{ title: 'Refuel', state: 'created', dueAt: '2026-03-01T00:00:00.000Z' },
			...{ vehicle: 'WVWZZZ1JZXW000001', customer: 'Müller' },
		},
	]);
});

test('statuses are the newest of each vehicle, or all of a time', async () => {
	const position = { latitude: 48.1, longitude: 11.5 };
	const second = {
		...{ vehicle: 'WVWZZZ1JZXW000001', reportedAt: '2026-03-01T01:00:00.000Z', sequence: 1, messageId: 'm1' },
		...{ ...position, attributes: { fuelLevel: 39 } },
	};
	const third = {
		...{ vehicle: 'M-CD 2', reportedAt: '2026-03-01T02:00:00.000Z', sequence: 2, messageId: 'm2' },
		...{ ...position, attributes: { fuelLevel: 38 } },
	};
	expect(await objectsOf('statuses')).toEqual([second, third]);
	expect(await objectsOf('statuses', { search: 'CD' })).toEqual([third]);
	expect(await objectsOf('statusHistory')).toHaveLength(3);
	expect(await objectsOf('statusHistory', { from: NOW + 1, to: NOW + HOUR })).toEqual([second]);
	expect(await objectsOf('statusHistory', { vehicleIds: [ids.truck] })).toEqual([third]);
});

test('what the fleet noted can be taken out, too', async () => {
	const at = '2026-03-01T00:00:00.000Z';
	expect(await objectsOf('firings')).toEqual([
		expect.objectContaining({
			rule: 'Low fuel',
			vehicle: 'WVWZZZ1JZXW000001',
			openedAt: at,
			evidence: { fuelLevel: 9 },
		}),
	]);
	expect(await objectsOf('logs')).toEqual([{ at, level: 'warning', message: '=SUM(A1)', vehicle: 'M-CD 2' }]);
	expect(await objectsOf('geofences')).toEqual([
		expect.objectContaining({
			name: 'Depot',
			tags: ['home'],
			shape: expect.objectContaining({ radiusMeters: 100 }),
		}),
	]);
	expect(await objectsOf('rejectedMessages')).toEqual([
		{ feed: 'test', messageId: 'x', reason: 'no JSON', payload: '{', receivedAt: at, tries: 1 },
	]);
	await bench.import('two.csv', Buffer.from('title\nOne\n'), 'tasks');
	expect(await objectsOf('imports')).toEqual([
		expect.objectContaining({ fileName: 'two.csv', state: 'done', rowsCreated: 1, rowsFailed: 0 }),
	]);
});

test('ids and stamps come when they are asked for, and a time cuts the list', async () => {
	expect(await objectsOf('vehicles', { details: true, from: NOW + 1 })).toEqual([
		expect.objectContaining({ id: ids.truck, createdAt: '2026-03-01T01:00:00.000Z', plate: 'M-CD 2' }),
	]);
	expect(await objectsOf('vehicles', { to: NOW - 1 })).toEqual([]);
});

test('a text that looks like a formula is none in a spreadsheet', async () => {
	const csv = await bench.export({ list: 'logs' }, { format: 'csv', delimiter: ';' });
	expect(csv.fileName).toBe('logs-2026-03-01.csv');
	expect(csv.bytes.toString()).toBe(
		"\ufeffat;level;message;vehicle\r\n2026-03-01T00:00:00.000Z;warning;'=SUM(A1);M-CD 2\r\n",
	);
	const book = read((await bench.export({ list: 'logs' }, { format: 'xlsx' })).bytes);
	const rows: unknown[][] = utils.sheet_to_json(book.Sheets.logs ?? {}, { header: 1 });
	expect(rows[1]?.[2]).toBe('=SUM(A1)');
	expect((book.Sheets.logs?.C2 as { t: string; f?: string }).t).toBe('s');
	expect((book.Sheets.logs?.C2 as { t: string; f?: string }).f).toBeUndefined();
});

test('pages follow each other without a gap', async () => {
	const many = await openExportBench();
	await many.write(async ({ logs }) => {
		const entry = { level: 'info', vehicleId: null, firingId: null } as const;
		await logs.append(Array.from({ length: 2_503 }, (_, at) => ({ ...entry, at: NOW, message: `m${at}` })));
	});
	const { bytes } = await many.export({ list: 'logs' }, { format: 'ndjson' });
	const messages = bytes
		.toString()
		.trimEnd()
		.split('\n')
		.map((line) => (JSON.parse(line) as { message: string }).message);
	expect(messages).toEqual(Array.from({ length: 2_503 }, (_, at) => `m${at}`));
	await many.close();
});
