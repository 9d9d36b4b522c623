import type { LogRepository } from '../../../app/ports/store';
import type { LogEntry, LogFields } from '../../../domain/log';
import { logEntity } from '../entities';
import { InsertStatement } from '../rows';
import type { StoreContext } from '../store-context';
import { removeRow } from './entity-repository';
import { idsInOrder } from './firing-repository';
import { EntityReader } from './record-reader';

const APPEND = new InsertStatement(
	'log',
	['at', 'level', 'message', 'vehicleId', 'firingId'],
	'RETURNING id',
);

export class StoredLogs extends EntityReader<LogEntry> implements LogRepository {
	constructor(context: StoreContext) {
		super(context, logEntity, ['message']);
	}

	async append(entries: readonly LogFields[]): Promise<number[]> {
		const rows = await APPEND.run(
			this.context.query,
			entries.map(({ at, level, message, vehicleId, firingId }) => [at, level, message, vehicleId, firingId]),
		);
		return idsInOrder(rows);
	}

	async remove(id: number): Promise<boolean> {
		return await removeRow(this.context, 'log', id);
	}
}
