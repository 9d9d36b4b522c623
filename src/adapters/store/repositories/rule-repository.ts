import type { ActiveRules, RuleRepository, RuleState } from '../../../app/ports/store';
import type { TaskWatch } from '../../../domain/rules/watched-rules';
import type { Rule, RuleFields } from '../../../domain/rules/rule';
import { ruleEntity } from '../entities';
import { numberOf, numberOrNull } from '../read-row';
import { InsertStatement, queryLists, takeExcluded } from '../rows';
import type { StoreContext } from '../store-context';
import { EntityReader } from './record-reader';
import { insertRow, removeRow, updateRow } from './entity-repository';
import { bumpRulesRevision, rulesRevision } from './rules-revision';

const STATE_COLUMNS = ['firingId', 'lastFiredAt', 'isMet'];
const SAVE_STATES = new InsertStatement(
	'rule_state',
	['vehicleId', 'ruleId', ...STATE_COLUMNS],
	`ON CONFLICT ("vehicleId", "ruleId") DO UPDATE SET ${takeExcluded(STATE_COLUMNS)}`,
);

export class StoredRules extends EntityReader<Rule> implements RuleRepository {
	constructor(context: StoreContext) {
		super(context, ruleEntity, ['name']);
	}

	async create(fields: RuleFields, at: number): Promise<Rule> {
		const row = { ...fields, version: 1, createdAt: at, updatedAt: at };
		const id = await insertRow(this.context, ruleEntity, row);
		await bumpRulesRevision(this.context.query);
		return await this.existing(id);
	}

	async update(id: number, changes: Partial<RuleFields>, at: number): Promise<Rule | null> {
		const rule = await this.get(id);
		if (rule === null) return null;
		await updateRow(this.context, ruleEntity, id, { ...changes, version: rule.version + 1, updatedAt: at });
		await bumpRulesRevision(this.context.query);
		return await this.get(id);
	}

	async remove(id: number): Promise<boolean> {
		const removed = await removeRow(this.context, 'rule', id);
		if (removed) await bumpRulesRevision(this.context.query);
		return removed;
	}

	async revision(): Promise<number> {
		return await rulesRevision(this.context.query);
	}

	async active(): Promise<ActiveRules> {
		// First, so that a change in between makes the answer look older than it is, never newer.
		const revision = await this.revision();
		const rules = await this.find({ where: { enabled: true } });
		const watches = await this.context.query(
			`SELECT task_rule."ruleId", task.id AS "taskId", task."vehicleId", task."customerId"
			FROM task_rule
			JOIN task ON task.id = task_rule."taskId" AND task.state = 'created'
			JOIN rule ON rule.id = task_rule."ruleId" AND rule.enabled = ?
			ORDER BY task.id, task_rule."ruleId"`,
			[true],
		);
		const taskWatches = watches.map((row): TaskWatch => ({
			ruleId: numberOf(row, 'ruleId'),
			taskId: numberOf(row, 'taskId'),
			vehicleId: numberOrNull(row, 'vehicleId'),
			customerId: numberOrNull(row, 'customerId'),
		}));
		return { revision, rules, taskWatches };
	}

	async states(vehicleIds: readonly number[]): Promise<RuleState[]> {
		const rows = await queryLists(
			this.context.query,
			vehicleIds,
			(list) => `SELECT * FROM rule_state WHERE "vehicleId" IN (${list})`,
		);
		return rows.map((row) => ({
			ruleId: numberOf(row, 'ruleId'),
			vehicleId: numberOf(row, 'vehicleId'),
			firingId: numberOrNull(row, 'firingId'),
			lastFiredAt: numberOrNull(row, 'lastFiredAt'),
			isMet: Boolean(row.isMet),
		}));
	}

	async saveStates(states: readonly RuleState[]): Promise<void> {
		const last = new Map(states.map((state) => [`${state.vehicleId} ${state.ruleId}`, state]));
		await SAVE_STATES.run(
			this.context.query,
			[...last.values()].map((state) => [
				state.vehicleId,
				state.ruleId,
				state.firingId,
				state.lastFiredAt,
				state.isMet,
			]),
		);
	}
}
