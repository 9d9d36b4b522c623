import { listKeptRecords, requestUndo, resumeImport } from '../../src/app/records/imports';
import { createTask } from '../../src/app/records/tasks';
import { updateVehicle } from '../../src/app/records/vehicles';
import { runImport } from '../../src/app/imports/run-import';
import { undoImport } from '../../src/app/imports/undo-import';
import type { StoreSession } from '../../src/app/ports/store';
import { openImportBench, type ImportBench } from './import-lib';

let bench: ImportBench;
beforeEach(async () => {
	bench = await openImportBench();
});
afterEach(async () => await bench.close());

/** All that an import may touch, to the last timestamp. */
async function fleetOf(session: StoreSession) {
	const vehicles = await session.vehicles.find({ limit: 10_000 });
	const ids = vehicles.map(({ id }) => id);
	return {
		vehicles,
		customers: await session.customers.find({ limit: 10_000 }),
		tasks: await session.tasks.find({ limit: 10_000 }),
		statuses: [...(await session.statuses.current(ids)).values()],
		histories: await Promise.all(ids.map((id) => session.statuses.history(id, { limit: 100 }))),
		attachments: await Promise.all(ids.map((id) => session.vehicles.attachments(id))),
	};
}

const kept = async (id: number) => await listKeptRecords(bench.deps.fleet, { id }, { limit: 100, offset: 0 });

const FIRST = JSON.stringify({
	customers: [{ externalId: 'C-1', name: 'Acme', phone: '1' }],
	vehicles: [
		{ externalId: 'T-1', plate: 'A 1', name: 'One', depot: 'North', customer: 'C-1' },
		{ externalId: 'T-2', plate: 'A 2', name: 'Two' },
	],
	statuses: [{ vehicle: 'T-1', messageId: 'm1', reportedAt: '2026-02-01T00:00:00Z', speed: 1 }],
});
/** Plates are passed on from vehicle to vehicle, and the customer changes. */
const SECOND = JSON.stringify({
	customers: [
		{ externalId: 'C-1', name: 'Acme Ltd' },
		{ externalId: 'C-2', name: 'Beta' },
	],
	vehicles: [
		{ externalId: 'T-1', plate: 'A 9', name: 'Uno', depot: 'South', colour: 'red', customer: 'C-2' },
		{ externalId: 'T-2', plate: 'A 1', customer: 'C-1' },
		{ externalId: 'T-3', plate: 'A 2' },
	],
	tasks: [{ title: 'Wash', vehicle: 'T-3' }],
	statuses: [
		{ vehicle: 'T-1', messageId: 'm2', reportedAt: '2026-02-02T00:00:00Z', speed: 2 },
		{ vehicle: 'T-2', messageId: 'm3', reportedAt: '2026-02-02T00:00:00Z', speed: 3 },
		{ vehicle: 'T-3', messageId: 'm4', reportedAt: '2026-02-02T00:00:00Z', speed: 4 },
	],
});

test('what an import created and updated is as it was before, to the last field, and can be imported again', async () => {
	await bench.take('first.json', FIRST);
	const before = await bench.read(fleetOf);
	bench.now += 60_000;
	const second = await bench.take('second.json', SECOND);
	expect(second).toMatchObject({ state: 'done', rowsCreated: 6, rowsUpdated: 3, rowsFailed: 0 });
	const after = await bench.read(fleetOf);
	expect(after).not.toEqual(before);

	expect(await bench.undo(second.id)).toMatchObject({ state: 'undone', undoLeft: 0, error: null });
	expect(await kept(second.id)).toEqual([]);
	expect(await bench.read(fleetOf)).toEqual(before);

	await resumeImport(bench.deps.fleet, { id: second.id });
	const again = await runImport(bench.deps, { id: second.id });
	expect(again).toMatchObject({ state: 'done', rowsCreated: 6, rowsUpdated: 3, rowsFailed: 0, rowsDone: 9 });
	expect((await bench.read(fleetOf)).vehicles.map(({ plate }) => plate)).toEqual(['A 9', 'A 1', 'A 2']);
});

test('what something newer has changed, or refers to, is left and listed', async () => {
	await bench.take('first.json', FIRST);
	bench.now += 60_000;
	const second = await bench.take('second.json', SECOND);
	bench.now += 60_000;
	const { fleet } = bench.deps;
	await updateVehicle(fleet, { key: 'T-1' }, { name: 'Eins' });
	await createTask(fleet, { title: 'Inspect', vehicleId: 3 });
	const late = { vehicle: 'T-2', messageId: 'm5', reportedAt: '2026-02-03T00:00:00Z', speed: 5 };
	await bench.take('late.json', JSON.stringify({ statuses: [late] }));

	expect(await bench.undo(second.id)).toMatchObject({ state: 'undone', undoLeft: 5 });
	expect(await kept(second.id)).toEqual([
		{ record: 'status', recordId: 2, label: expect.any(String), reason: 'the vehicle has reported since' },
		{ record: 'vehicle', recordId: 3, label: expect.any(String), reason: 'has reports, tasks or firings' },
		{ record: 'vehicle', recordId: 1, label: expect.any(String), reason: 'was changed since' },
		{ record: 'vehicle', recordId: 2, label: 'A 1', reason: 'another vehicle has a key that it had' },
		{ record: 'customer', recordId: 2, label: 'Beta', reason: 'has vehicles or tasks since' },
	]);
	const left = await bench.read(fleetOf);
	expect(left.vehicles).toMatchObject([
		{ externalId: 'T-1', plate: 'A 9', name: 'Eins', attributes: { depot: 'South', colour: 'red' } },
		{ externalId: 'T-2', plate: 'A 1', customerId: 1 },
		{ externalId: 'T-3', plate: 'A 2' },
	]);
	expect(left.customers).toMatchObject([{ name: 'Acme', phone: '1' }, { name: 'Beta' }]);
	expect(left.tasks.map(({ title }) => title)).toEqual(['Inspect']);
});

test('a record that several rows and imports have written goes back step by step', async () => {
	const rows = (name: string) => JSON.stringify({ vehicles: [{ externalId: 'T-1', name }] });
	const ids: number[] = [];
	for (const name of ['One', 'Two', 'Three']) {
		ids.push((await bench.take('a.json', rows(name))).id);
		bench.now += 60_000;
	}
	const [first = 0, second = 0, third = 0] = ids;
	const names = async () => (await bench.read(fleetOf)).vehicles.map(({ name }) => name);
	await bench.undo(third);
	expect(await names()).toEqual(['Two']);
	expect(await bench.undo(first)).toMatchObject({ state: 'undone', undoLeft: 1 });
	expect(await names()).toEqual(['Two']);
	expect(await bench.undo(second)).toMatchObject({ state: 'undone', undoLeft: 0 });
	expect(await names()).toEqual(['One']);
});

test('is undone to its end after a break, by one worker only, and only when it has ended', async () => {
	const lines = Array.from({ length: 25_000 }, (_, index) => `T-${index},Box ${index}`);
	const { id } = await bench.take('a.csv', `id,name\n${lines.join('\n')}\n`, 'vehicles');
	const { fleet } = bench.deps;
	await requestUndo(fleet, { id });
	let asked = 0;
	const breaking = {
		...fleet,
		clock: () => {
			if ((asked += 1) > 3) throw new Error('the power fails');
			return bench.now;
		},
	};
	await expect(undoImport({ ...bench.deps, fleet: breaking }, { id })).rejects.toThrow('the power fails');
	const between = await bench.read(async ({ vehicles }) => await vehicles.count());
	expect(between).toBeGreaterThan(0);
	expect(between).toBeLessThan(25_000);
	expect(await undoImport(bench.deps, { id })).toBeNull();
	await expect(resumeImport(fleet, { id })).rejects.toThrow(/undoing/);

	bench.now += 120_000;
	expect(await undoImport(bench.deps, { id })).toMatchObject({ state: 'undone', undoLeft: 0 });
	expect(await bench.read(async ({ vehicles }) => await vehicles.count())).toBe(0);
	await expect(requestUndo(fleet, { id })).rejects.toThrow(/undone/);
});
