import type { FiringRepository } from '../../../app/ports/store';
import type { Firing } from '../../../domain/rules/firing';
import { firingEntity } from '../entities';
import { InsertStatement } from '../rows';
import type { StoreContext } from '../store-context';
import { EntityReader } from './record-reader';

const OPEN = new InsertStatement(
	'firing',
	[
		'ruleId',
		'ruleVersion',
		'ruleName',
		'severity',
		'vehicleId',
		'taskId',
		'openedAt',
		'evidence',
		'messageId',
	],
	'RETURNING id',
);

export class StoredFirings extends EntityReader<Firing> implements FiringRepository {
	constructor(context: StoreContext) {
		super(context, firingEntity, ['ruleName', 'messageId']);
	}

	async open(firings: readonly Omit<Firing, 'id' | 'clearedAt' | 'acknowledgedAt'>[]): Promise<number[]> {
		const rows = await OPEN.run(
			this.context.query,
			firings.map((firing) => [
				firing.ruleId,
				firing.ruleVersion,
				firing.ruleName,
				firing.severity,
				firing.vehicleId,
				firing.taskId,
				firing.openedAt,
				JSON.stringify(firing.evidence),
				firing.messageId,
			]),
		);
		return idsInOrder(rows);
	}

	async clear(firings: readonly { readonly id: number; readonly clearedAt: number }[]): Promise<void> {
		for (const { id, clearedAt } of firings) {
			await this.context.query('UPDATE firing SET "clearedAt" = ? WHERE id = ? AND "clearedAt" IS NULL', [
				clearedAt,
				id,
			]);
		}
	}

	async acknowledge(id: number, at: number): Promise<Firing | null> {
		await this.context.query(
			'UPDATE firing SET "acknowledgedAt" = ? WHERE id = ? AND "acknowledgedAt" IS NULL',
			[at, id],
		);
		return await this.get(id);
	}
}

/** Ids rise in the order of the inserted rows; the order of RETURNING is nobody's promise. */
export function idsInOrder(rows: readonly { readonly [column: string]: unknown }[]): number[] {
	return rows.map((row) => Number(row.id)).sort((a, b) => a - b);
}
