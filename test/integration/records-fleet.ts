import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '../../src/adapters/store/open-store';
import type { Fleet } from '../../src/app/fleet';
import type { StatusReport } from '../../src/domain/status';
import { FLEET_EVENTS_FEED } from '../../src/domain/event';
import type { FleetEvent } from '../../src/domain/event';

export const START = Date.UTC(2026, 0, 1);

export interface RecordsFleet extends Fleet {
	/** Moves the clock on by an hour, and tells the new time. */
	nextHour(): number;
	/** What was announced since the last call, oldest first. */
	newEvents(): Promise<FleetEvent[]>;
	/** The vehicle reports these attributes, as the feed would store it. */
	report(vehicleId: number, attributes: StatusReport['attributes']): Promise<StatusReport>;
	close(): Promise<void>;
}

/** A fleet on a SQLite file of its own, under a clock that stands still unless it is moved. */
export async function openRecordsFleet(): Promise<RecordsFleet> {
	const folder = await mkdtemp(join(tmpdir(), 'fleet-records-'));
	const store = await openStore({ kind: 'sqlite', path: join(folder, 'fleet.sqlite') });
	let now = START;
	let lastEventId = 0;
	return {
		store,
		clock: () => now,
		nextHour: () => (now += 3_600_000),
		async newEvents() {
			const rows = await store.database.read(
				async (query) =>
					await query('SELECT id, payload FROM bus_message WHERE feed = ? AND id > ? ORDER BY id', [
						FLEET_EVENTS_FEED,
						lastEventId,
					]),
			);
			lastEventId = Number(rows.at(-1)?.id ?? lastEventId);
			return rows.map(({ payload }) => JSON.parse(String(payload)) as FleetEvent);
		},
		async report(vehicleId, attributes) {
			const status: StatusReport = {
				vehicleId,
				messageId: `m-${vehicleId}-${now}`,
				reportedAt: now,
				sequence: 0,
				receivedAt: now,
				position: { latitude: 48.1, longitude: 11.5 },
				attributes,
				feed: 'test',
				isLate: false,
			};
			await store.write(async ({ statuses }) => {
				await statuses.append([status]);
				await statuses.saveCurrent([status]);
				await statuses.noteAttributes(
					Object.entries(attributes).map(([name, lastValue]) => ({ name, lastValue, lastReportedAt: now })),
				);
			});
			return status;
		},
		async close() {
			await store.close();
			await rm(folder, { recursive: true });
		},
	};
}
