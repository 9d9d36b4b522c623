import type { LogRepository } from '../../../app/ports/store';
import type { LogEntry, LogFields } from '../../../domain/log';
import { logEntity } from '../entities';
import { NumberingInsert } from '../rows';
import type { StoreContext } from '../store-context';
import { removeRow } from './entity-repository';
import { EntityReader } from './record-reader';

const APPEND = new NumberingInsert('log', ['at', 'level', 'message', 'vehicleId', 'firingId']);

export class StoredLogs extends EntityReader<LogEntry> implements LogRepository {
	constructor(context: StoreContext) {
		super(context, logEntity, ['message']);
	}

	async append(entries: readonly LogFields[]): Promise<number[]> {
		return await APPEND.run(
			this.context,
			entries.map(({ at, level, message, vehicleId, firingId }) => [at, level, message, vehicleId, firingId]),
		);
	}

	async remove(id: number): Promise<boolean> {
		return await removeRow(this.context, 'log', id);
	}
}
