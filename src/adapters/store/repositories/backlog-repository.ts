import type { Backlog, BacklogRepository, WaitingReport } from '../../../app/ports/store-statuses';
import type { VehicleStatus } from '../../../domain/status';
import { jsonOf, jsonOrNull, numberOf } from '../read-row';
import { InsertStatement, queryLists, takeExcluded } from '../rows';
import type { StoreContext } from '../store-context';

const COLUMNS = ['dueAt', 'evaluated', 'waiting'];
const SAVE = new InsertStatement(
	'backlog',
	['vehicleId', ...COLUMNS],
	`ON CONFLICT ("vehicleId") DO UPDATE SET ${takeExcluded(COLUMNS)}`,
);

export class StoredBacklogs implements BacklogRepository {
	constructor(private readonly context: StoreContext) {}

	async of(vehicleIds: readonly number[]): Promise<Map<number, Backlog>> {
		const rows = await queryLists(
			this.context.query,
			vehicleIds,
			(list) => `SELECT * FROM backlog WHERE "vehicleId" IN (${list})`,
		);
		return new Map(
			rows.map((row) => {
				const vehicleId = numberOf(row, 'vehicleId');
				const evaluated = jsonOrNull<VehicleStatus>(row, 'evaluated');
				return [vehicleId, { vehicleId, evaluated, waiting: jsonOf<WaitingReport[]>(row, 'waiting') }];
			}),
		);
	}

	async save(backlogs: readonly Backlog[]): Promise<void> {
		const last = [...new Map(backlogs.map((backlog) => [backlog.vehicleId, backlog])).values()];
		const { query, execute } = this.context;
		await queryLists(
			query,
			last.filter(({ waiting }) => waiting.length === 0).map(({ vehicleId }) => vehicleId),
			(list) => `DELETE FROM backlog WHERE "vehicleId" IN (${list})`,
		);
		const kept = last.filter(({ waiting }) => waiting.length > 0);
		await SAVE.execute(
			execute,
			kept.map(({ vehicleId, evaluated, waiting }) => [
				vehicleId,
				waiting.reduce((first, { dueAt }) => Math.min(first, dueAt), Infinity),
				evaluated === null ? null : JSON.stringify(evaluated),
				JSON.stringify(waiting),
			]),
		);
	}

	async dueVehicles(until: number, limit: number): Promise<number[]> {
		const rows = await this.context.query(
			'SELECT "vehicleId" FROM backlog WHERE "dueAt" <= ? ORDER BY "dueAt", "vehicleId" LIMIT ?',
			[until, limit],
		);
		return rows.map((row) => numberOf(row, 'vehicleId'));
	}
}
