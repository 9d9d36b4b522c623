import { DataSource, EntitySchema } from 'typeorm';
import { NodeSqliteDatabase } from '../../src/adapters/store/node-sqlite-database';
import type { Attributes } from '../../src/domain/attributes';

interface PlainVehicle {
	id: number;
	vin: string;
}

interface PlainStatus {
	vehicleId: number;
	messageId: string;
	reportedAt: number;
	attributes: Attributes;
}

interface Message extends Omit<PlainStatus, 'vehicleId'> {
	vehicle: string;
}

const id = { type: 'integer', primary: true, generated: 'increment' } as const;
const vehicleEntity = new EntitySchema<PlainVehicle>({
	name: 'vehicle',
	columns: { id, vin: { type: 'text', unique: true } },
});
const reported = {
	messageId: { type: 'text' },
	reportedAt: { type: 'bigint' },
	attributes: { type: 'simple-json' },
} as const;
const statusEntity = new EntitySchema<PlainStatus>({
	name: 'status',
	columns: { vehicleId: { type: 'integer', primary: true }, ...reported },
});
const historyEntity = new EntitySchema<PlainStatus & { id?: number }>({
	name: 'history',
	columns: { id, vehicleId: { type: 'integer' }, ...reported },
	indices: [{ columns: ['vehicleId', 'reportedAt'] }],
});

export interface PlainFeed {
	/** Takes payloads, so many in a transaction: finds the vehicle, saves its status, saves the history. */
	process(payloads: readonly string[], atOnce: number): Promise<void>;
	close(): Promise<void>;
}

/** A feed as one would write it first: TypeORM's repositories, message by message. No inbox, no rules, no firings. */
export async function openPlainFeed(path: string, vins: readonly string[]): Promise<PlainFeed> {
	const source = await new DataSource({
		type: 'better-sqlite3',
		driver: NodeSqliteDatabase,
		database: path,
		entities: [vehicleEntity, statusEntity, historyEntity],
		synchronize: true,
		prepareDatabase: (database: NodeSqliteDatabase) => {
			for (const pragma of ['journal_mode = WAL', 'synchronous = FULL', 'wal_autocheckpoint = 10000'])
				database.pragma(pragma);
		},
	}).initialize();
	await source.manager.insert(
		vehicleEntity,
		vins.map((vin) => ({ vin })),
	);
	return {
		async process(payloads, atOnce) {
			for (let done = 0; done < payloads.length; done += atOnce) {
				await source.transaction(async (manager) => {
					for (const payload of payloads.slice(done, done + atOnce)) {
						const { vehicle: vin, ...report } = JSON.parse(payload) as Message;
						const vehicle = await manager.getRepository(vehicleEntity).findOneByOrFail({ vin });
						const status = { vehicleId: vehicle.id, ...report };
						await manager.getRepository(statusEntity).save(status);
						await manager.getRepository(historyEntity).save({ ...status });
					}
				});
			}
		},
		close: async () => await source.destroy(),
	};
}
