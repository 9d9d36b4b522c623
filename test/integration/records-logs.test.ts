import { importFields } from '../lib/import-fields';
import { RecordNotFoundError } from '../../src/app/errors';
import { getImport, listImportErrors, listImports, removeImport } from '../../src/app/records/imports';
import { createLog, getLog, listLogs, removeLog } from '../../src/app/records/logs';
import { createVehicle } from '../../src/app/records/vehicles';
import { InvalidFieldError } from '../../src/domain/errors';
import { openRecordsFleet, START } from './records-fleet';
import type { RecordsFleet } from './records-fleet';

describe('log entries', () => {
	let fleet: RecordsFleet;
	beforeEach(async () => {
		fleet = await openRecordsFleet();
	});
	afterEach(async () => await fleet.close());

	it('are written, found and removed', async () => {
		const { id } = await createVehicle(fleet, { plate: 'A 1' });
		const entry = await createLog(fleet, { message: 'Seen' }, { vehicle: { key: 'a 1' } });
		expect(entry).toEqual({
			id: entry.id,
			at: START,
			level: 'info',
			message: 'Seen',
			vehicleId: id,
			firingId: null,
		});
		const dated = await createLog(fleet, { message: 'Old', level: 'error', at: '2025-01-01T00:00:00Z' });
		expect(await listLogs(fleet, { where: { vehicleId: id } })).toEqual([entry]);
		expect(await getLog(fleet, { id: dated.id })).toEqual(dated);
		expect(await removeLog(fleet, { id: dated.id })).toEqual(dated);
		expect(await listLogs(fleet)).toEqual([entry]);
	});

	it('are refused when something in them is wrong', async () => {
		await expect(createLog(fleet, {})).rejects.toThrow('has no message');
		await expect(createLog(fleet, { message: 'x', level: 'loud' })).rejects.toThrow(InvalidFieldError);
		await expect(createLog(fleet, { message: 'x', mesage: 'y' })).rejects.toThrow(/no field 'mesage'/);
		await expect(createLog(fleet, { message: 'x', vehicleId: 9 })).rejects.toThrow(RecordNotFoundError);
		await expect(createLog(fleet, { message: 'x', firingId: 9 })).rejects.toThrow("no firing '9'");
		expect(await listLogs(fleet)).toEqual([]);
	});
});

describe('imports', () => {
	let fleet: RecordsFleet;
	beforeEach(async () => {
		fleet = await openRecordsFleet();
	});
	afterEach(async () => await fleet.close());

	const file = {
		...importFields,
		fileName: 'fleet.csv',
		blobKey: 'fleet-1.csv',
	};

	it('are listed with their errors, and the file goes with the last import that needs it', async () => {
		const [first, second] = await fleet.store.write(async ({ imports }) => {
			const created = [await imports.create(file, START), await imports.create(file, START)] as const;
			const error = { row: 3, list: null, column: 'vin', value: 'X', message: 'too short' };
			await imports.addErrors(created[0].id, [error]);
			return created;
		});
		const removed: string[] = [];
		const removeBlob = async (key: string) => removed.push(key);
		expect(await listImports(fleet)).toEqual([first, second]);
		expect(await listImportErrors(fleet, { id: first.id }, { limit: 10, offset: 0 })).toMatchObject([
			{ row: 3, column: 'vin' },
		]);
		await removeImport(fleet, { id: first.id }, removeBlob);
		expect(removed).toEqual([]);
		await removeImport(fleet, { id: second.id }, removeBlob);
		expect(removed).toEqual(['fleet-1.csv']);
		await expect(getImport(fleet, { id: first.id })).rejects.toThrow(RecordNotFoundError);
	});
});
