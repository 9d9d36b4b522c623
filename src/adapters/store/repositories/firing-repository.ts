import type { FiringRepository } from '../../../app/ports/store-rules';
import type { Attributes } from '../../../domain/attributes';
import type { Firing } from '../../../domain/rules/firing';
import type { Severity } from '../../../domain/rules/rule';
import { firingEntity } from '../entities';
import { jsonOf, numberOf, numberOrNull, textOf } from '../read-row';
import { columnList, NumberingInsert, queryLists, RowsStatement } from '../rows';
import type { Row } from '../session';
import type { StoreContext } from '../store-context';
import { EntityReader } from './record-reader';

const OPENED_COLUMNS = [
	'ruleId',
	'ruleVersion',
	'ruleName',
	'severity',
	'vehicleId',
	'taskId',
	'openedAt',
	'evidence',
	'messageId',
	'isShadow',
];
const OPEN = new NumberingInsert('firing', OPENED_COLUMNS);
const ALL = columnList(['id', ...OPENED_COLUMNS, 'clearedAt', 'acknowledgedAt']);
// PostgreSQL takes a parameter for a text unless it is told otherwise.
const CLEAR = new RowsStatement(
	['CAST(? AS BIGINT)', 'CAST(? AS BIGINT)'],
	(values) =>
		`WITH ended ("firingId", "endedAt") AS (${values})
		UPDATE firing SET "clearedAt" = "endedAt" FROM ended WHERE id = "firingId" AND "clearedAt" IS NULL`,
);

const CHANGE_SEVERITY = new RowsStatement(
	['CAST(? AS BIGINT)', '?'],
	(values) =>
		`WITH changed ("firingId", "newSeverity") AS (${values})
		UPDATE firing SET severity = "newSeverity" FROM changed WHERE id = "firingId"`,
);

export class StoredFirings extends EntityReader<Firing> implements FiringRepository {
	constructor(context: StoreContext) {
		super(context, firingEntity, ['ruleName', 'messageId']);
	}

	async open(firings: readonly Omit<Firing, 'id' | 'clearedAt' | 'acknowledgedAt'>[]): Promise<number[]> {
		return await OPEN.run(
			this.context,
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
				firing.isShadow,
			]),
		);
	}

	async clear(
		firings: readonly { readonly id: number; readonly clearedAt: number }[],
	): Promise<Map<number, Firing>> {
		const first = new Map<number, number>();
		for (const { id, clearedAt } of firings) if (!first.has(id)) first.set(id, clearedAt);
		const { query, execute } = this.context;
		// Read before they end: RETURNING of all columns costs several times as much as both.
		const open = await queryLists(
			query,
			[...first.keys()],
			(list) => `SELECT ${ALL} FROM firing WHERE id IN (${list}) AND "clearedAt" IS NULL`,
		);
		const ended = open.map((row) => {
			const id = numberOf(row, 'id');
			return { ...firingFrom(row), clearedAt: first.get(id) ?? null };
		});
		await CLEAR.execute(
			execute,
			ended.map(({ id, clearedAt }) => [id, clearedAt]),
		);
		return new Map(ended.map((firing) => [firing.id, firing]));
	}

	async acknowledge(id: number, at: number): Promise<Firing | null> {
		await this.context.query(
			'UPDATE firing SET "acknowledgedAt" = ? WHERE id = ? AND "acknowledgedAt" IS NULL',
			[at, id],
		);
		return await this.get(id);
	}

	async changeSeverity(
		firings: readonly { readonly id: number; readonly severity: Severity }[],
	): Promise<void> {
		const last = new Map(firings.map(({ id, severity }) => [id, severity]));
		await CHANGE_SEVERITY.execute(this.context.execute, [...last]);
	}

	async openedBetween(
		ruleId: number,
		from: number,
		to: number,
	): Promise<{ vehicleId: number; openedAt: number; clearedAt: number | null }[]> {
		const rows = await this.context.query(
			`SELECT "vehicleId", "openedAt", "clearedAt" FROM firing
			WHERE "ruleId" = ? AND "openedAt" >= ? AND "openedAt" < ? ORDER BY "openedAt", id`,
			[ruleId, from, to],
		);
		return rows.map((row) => ({
			vehicleId: numberOf(row, 'vehicleId'),
			openedAt: numberOf(row, 'openedAt'),
			clearedAt: numberOrNull(row, 'clearedAt'),
		}));
	}
}

function firingFrom(row: Row): Firing {
	return {
		id: numberOf(row, 'id'),
		ruleId: numberOf(row, 'ruleId'),
		ruleVersion: numberOf(row, 'ruleVersion'),
		ruleName: textOf(row, 'ruleName'),
		severity: textOf(row, 'severity') as Severity,
		vehicleId: numberOf(row, 'vehicleId'),
		taskId: numberOrNull(row, 'taskId'),
		openedAt: numberOf(row, 'openedAt'),
		clearedAt: numberOrNull(row, 'clearedAt'),
		acknowledgedAt: numberOrNull(row, 'acknowledgedAt'),
		evidence: jsonOf<Attributes>(row, 'evidence'),
		messageId: textOf(row, 'messageId'),
		isShadow: Boolean(row.isShadow),
	};
}
