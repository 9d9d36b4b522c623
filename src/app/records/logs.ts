import type { FieldInput } from '../../domain/fields';
import { parseLogFields } from '../../domain/log';
import type { LogEntry } from '../../domain/log';
import { RecordNotFoundError } from '../errors';
import type { Fleet } from '../fleet';
import type { RecordQuery } from '../ports/store-records';
import { findById, findVehicle } from './find-record';
import type { RecordRef } from './record-ref';

/** Written now, with the level `info`, unless `input` says otherwise. `vehicle` stands over `vehicleId`. */
export async function createLog(
	fleet: Fleet,
	input: FieldInput,
	links: { readonly vehicle?: RecordRef | null } = {},
): Promise<LogEntry> {
	const { at = fleet.clock(), ...fields } = parseLogFields(input);
	return await fleet.store.write(async (session) => {
		const ref = links.vehicle ?? (fields.vehicleId === null ? null : { id: fields.vehicleId });
		const vehicleId = ref && (await findVehicle(session, ref)).id;
		if (fields.firingId !== null) await findById('firing', session.firings, { id: fields.firingId });
		const entry = { ...fields, at, vehicleId };
		const [id] = await session.logs.append([entry]);
		if (id === undefined) throw new RecordNotFoundError('log entry', entry.message);
		return { id, ...entry };
	});
}

export async function getLog(fleet: Fleet, ref: RecordRef): Promise<LogEntry> {
	return await fleet.store.read(async (session) => await findById('log entry', session.logs, ref));
}

export async function listLogs(fleet: Fleet, query: RecordQuery<LogEntry> = {}): Promise<LogEntry[]> {
	return await fleet.store.read(async ({ logs }) => await logs.find(query));
}

export async function removeLog(fleet: Fleet, ref: RecordRef): Promise<LogEntry> {
	return await fleet.store.write(async (session) => {
		const entry = await findById('log entry', session.logs, ref);
		await session.logs.remove(entry.id);
		return entry;
	});
}
