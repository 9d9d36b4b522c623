import {
	DuplicateRecordError,
	MissingKeyError,
	NoStatusYetError,
	RecordNotFoundError,
} from '../../src/app/errors';
import { getStatus, knownAttributes, listStatusHistory } from '../../src/app/records/statuses';
import {
	createVehicle,
	getVehicle,
	listVehicles,
	removeVehicle,
	updateVehicle,
	upsertVehicle,
} from '../../src/app/records/vehicles';
import { openRecordsFleet, START } from './records-fleet';
import type { RecordsFleet } from './records-fleet';

const VIN = '1M8GDM9AXKP042788';

describe('vehicles', () => {
	let fleet: RecordsFleet;
	beforeEach(async () => {
		fleet = await openRecordsFleet();
	});
	afterEach(async () => await fleet.close());

	it('are created whole, with an event', async () => {
		const vehicle = await createVehicle(fleet, { vin: VIN.toLowerCase(), plate: 'm-ab  1', colour: 'red' });
		expect(vehicle).toEqual({
			id: vehicle.id,
			vin: VIN,
			plate: 'M-AB 1',
			externalId: null,
			name: null,
			make: null,
			model: null,
			year: null,
			customerId: null,
			attributes: { colour: 'red' },
			createdAt: START,
			updatedAt: START,
		});
		expect(await fleet.newEvents()).toEqual([
			{ type: 'vehicleCreated', at: START, recordId: vehicle.id, record: vehicle },
		]);
	});

	it('need a key and do not share one; what is refused leaves no event', async () => {
		await createVehicle(fleet, { vin: VIN });
		await fleet.newEvents();
		await expect(createVehicle(fleet, { name: 'Van' })).rejects.toThrow(MissingKeyError);
		await expect(createVehicle(fleet, { vin: VIN, plate: 'X 1' })).rejects.toThrow(DuplicateRecordError);
		await expect(updateVehicle(fleet, { key: VIN }, { vin: '' })).rejects.toThrow(MissingKeyError);
		expect(await fleet.newEvents()).toEqual([]);
		expect(await listVehicles(fleet)).toHaveLength(1);
	});

	it('are found by id and by each key in any spelling', async () => {
		const { id } = await createVehicle(fleet, { vin: VIN, plate: 'M-AB 1', externalId: 'box-7' });
		for (const key of [` ${VIN.toLowerCase()}`, 'm-ab   1', 'box-7']) {
			expect((await getVehicle(fleet, { key })).id).toBe(id);
		}
		expect((await getVehicle(fleet, { id })).id).toBe(id);
		await expect(getVehicle(fleet, { key: 'BOX-7' })).rejects.toThrow("There is no vehicle 'BOX-7'");
		await expect(getVehicle(fleet, { id: id + 1 })).rejects.toThrow(RecordNotFoundError);
	});

	it('keep what an update leaves out, and announce real changes only', async () => {
		const { id } = await createVehicle(fleet, { plate: 'M-AB 1', name: 'Van', attributes: { seats: 3 } });
		await fleet.newEvents();
		const at = fleet.nextHour();
		const updated = await updateVehicle(fleet, { key: 'm-ab 1' }, { year: 2020, colour: 'red' });
		expect(updated).toMatchObject({ id, name: 'Van', year: 2020, updatedAt: at });
		expect(updated.attributes).toEqual({ seats: 3, colour: 'red' });
		expect(await fleet.newEvents()).toMatchObject([{ type: 'vehicleUpdated', recordId: id }]);
		await updateVehicle(fleet, { id }, { plate: 'm-ab 1', year: '2020', seats: 3 });
		expect(await fleet.newEvents()).toEqual([]);
	});

	it('are upserted by VIN, else external id, else plate', async () => {
		const first = await upsertVehicle(fleet, { plate: 'M-AB 1' });
		const withBox = await upsertVehicle(fleet, { plate: 'm-ab 1', externalId: 'box-7' });
		const withVin = await upsertVehicle(fleet, { externalId: 'box-7', vin: VIN });
		const repainted = await upsertVehicle(fleet, { vin: VIN, plate: 'M-XY 2' });
		expect([first, withBox, withVin, repainted].map(({ created }) => created)).toEqual([
			true,
			false,
			false,
			false,
		]);
		expect(repainted.record).toMatchObject({
			id: first.record.id,
			vin: VIN,
			externalId: 'box-7',
			plate: 'M-XY 2',
		});
		const other = upsertVehicle(fleet, { vin: '1G4AH59H45G118341', externalId: 'box-7' });
		await expect(other).rejects.toThrow("Another vehicle already has the externalId 'box-7'");
	});

	it('are listed by search and page', async () => {
		for (const plate of ['A 1', 'A 2', 'B 3']) await createVehicle(fleet, { plate });
		const page = await listVehicles(fleet, { search: 'a', orderBy: 'plate', descending: true, limit: 1 });
		expect(page.map(({ plate }) => plate)).toEqual(['A 2']);
	});

	it('take their statuses with them when they are removed', async () => {
		const { id } = await createVehicle(fleet, { plate: 'A 1' });
		await expect(getStatus(fleet, { id })).rejects.toThrow(NoStatusYetError);
		const status = await fleet.report(id, { fuelLevel: 12 });
		expect(await getStatus(fleet, { key: 'a 1' })).toMatchObject({ attributes: { fuelLevel: 12 } });
		expect(await listStatusHistory(fleet, { id })).toEqual([status]);
		expect(await knownAttributes(fleet)).toEqual([
			{ name: 'fuelLevel', lastValue: 12, lastReportedAt: status.reportedAt },
		]);
		await fleet.newEvents();

		const removed = await removeVehicle(fleet, { key: 'A 1' });
		expect(await fleet.newEvents()).toEqual([
			{ type: 'vehicleDeleted', at: START, recordId: id, record: removed },
		]);
		await expect(getVehicle(fleet, { id })).rejects.toThrow(RecordNotFoundError);
		const left = await fleet.store.read(async ({ statuses }) => [
			...(await statuses.current([id])).values(),
			...(await statuses.history(id, {})),
		]);
		expect(left).toEqual([]);
		// What rules can watch does not shrink with the fleet.
		expect(await knownAttributes(fleet)).toHaveLength(1);
	});
});
