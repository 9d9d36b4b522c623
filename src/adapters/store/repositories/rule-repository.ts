import type {
	ActiveRules,
	RuleChanges,
	RuleRepository,
	RuleVersion,
	StoredRuleState,
} from '../../../app/ports/store-rules';
import type { Geofence } from '../../../domain/geofence';
import { ruleFieldsOf, type Rule, type RuleFields } from '../../../domain/rules/rule';
import { NEVER_MET, type RuleState } from '../../../domain/rules/rule-state';
import type { TaskWatch } from '../../../domain/rules/watched-rules';
import { geofenceEntity, ruleEntity } from '../entities';
import { jsonOf, numberOf, numberOrNull } from '../read-row';
import { queryLists } from '../rows';
import type { StoreContext } from '../store-context';
import type { Row } from '../session';
import { insertRow, removeRow, updateRow } from './entity-repository';
import { EntityReader } from './record-reader';
import { ruleStateFrom, saveRuleStates } from './rule-state-rows';
import { nextRulesRevision, rulesRevision } from './rules-revision';

export class StoredRules extends EntityReader<Rule> implements RuleRepository {
	constructor(context: StoreContext) {
		super(context, ruleEntity, ['name']);
	}

	async create(fields: RuleFields, at: number): Promise<Rule> {
		return await this.#create(fields, null, at);
	}

	async createShadow(of: number, fields: RuleFields, at: number): Promise<Rule> {
		return await this.#create(fields, of, at);
	}

	async update(id: number, changes: Partial<RuleFields>, at: number): Promise<Rule | null> {
		const rule = await this.get(id);
		if (rule === null) return null;
		const fields: RuleFields = { ...ruleFieldsOf(rule), ...changes };
		await updateRow(this.context, ruleEntity, id, {
			...columnsOf(fields),
			version: rule.version + 1,
			updatedAt: at,
		});
		return await this.#saved(id, fields, at);
	}

	async remove(id: number): Promise<boolean> {
		const { query } = this.context;
		const shadows = await query('DELETE FROM rule WHERE "shadowOf" = ? RETURNING id', [id]);
		const removed = await removeRow(this.context, 'rule', id);
		if (!removed) return false;
		const revision = await nextRulesRevision(query);
		for (const gone of [id, ...shadows.map((row) => numberOf(row, 'id'))]) {
			await query('INSERT INTO rule_gone ("ruleId", revision) VALUES (?, ?)', [gone, revision]);
		}
		return true;
	}

	async versions(id: number): Promise<RuleVersion[]> {
		const rows = await this.context.query(
			'SELECT * FROM rule_version WHERE "ruleId" = ? ORDER BY version DESC',
			[id],
		);
		return rows.map(versionFrom);
	}

	async version(id: number, version: number): Promise<RuleVersion | null> {
		const [row] = await this.context.query('SELECT * FROM rule_version WHERE "ruleId" = ? AND version = ?', [
			id,
			version,
		]);
		return row ? versionFrom(row) : null;
	}

	async revision(): Promise<number> {
		return await rulesRevision(this.context.query);
	}

	async active(): Promise<ActiveRules> {
		// First, so that a change in between makes the answer look older than it is, never newer.
		const revision = await this.revision();
		return {
			revision,
			rules: await this.find({ where: { enabled: true } }),
			taskWatches: await this.#taskWatches(),
			geofences: await this.#geofences(),
		};
	}

	async changesSince(since: number): Promise<RuleChanges> {
		const { query } = this.context;
		const revision = await this.revision();
		const rows = await query('SELECT id, enabled, scope FROM rule WHERE revision > ? ORDER BY id', [since]);
		const gone = await query('SELECT "ruleId" FROM rule_gone WHERE revision > ? ORDER BY "ruleId"', [since]);
		const enabled = await this.getMany(rows.filter((row) => row.enabled).map((row) => numberOf(row, 'id')));
		const hasOtherWatches =
			(await rulesRevision(query, 'taskWatches')) > since ||
			rows.some((row) => jsonOf<Rule['scope']>(row, 'scope').vehicles === 'tasks');
		return {
			revision,
			changed: [...enabled.values()].sort((a, b) => a.id - b.id),
			gone: [
				...rows.filter((row) => !row.enabled).map((row) => numberOf(row, 'id')),
				...gone.map((row) => numberOf(row, 'ruleId')),
			],
			taskWatches: hasOtherWatches ? await this.#taskWatches() : null,
			geofences: (await rulesRevision(query, 'geofences')) > since ? await this.#geofences() : null,
		};
	}

	async states(vehicleIds: readonly number[]): Promise<StoredRuleState[]> {
		const rows = await queryLists(
			this.context.query,
			vehicleIds,
			(list) => `SELECT * FROM rule_state WHERE "vehicleId" IN (${list})`,
		);
		return rows.map(ruleStateFrom);
	}

	async saveStates(states: readonly StoredRuleState[]): Promise<void> {
		await saveRuleStates(this.context.execute, states);
	}

	async dueVehicles(until: number, limit: number): Promise<number[]> {
		const rows = await this.context.query(
			'SELECT "vehicleId" FROM rule_state WHERE "dueAt" <= ? ORDER BY "dueAt" LIMIT ?',
			[until, limit],
		);
		return [...new Set(rows.map((row) => numberOf(row, 'vehicleId')))];
	}

	async makeDue(ruleId: number, at: number): Promise<void> {
		const rule = await this.get(ruleId);
		if (rule === null) return;
		const { scope } = rule;
		const [where, params] =
			scope.vehicles === 'customer'
				? ['vehicle."customerId" = ?', [scope.customerId]]
				: scope.vehicles === 'vehicle'
					? ['vehicle.id = ?', [scope.vehicleId]]
					: ['vehicle.id IS NOT NULL', []];
		await this.context.query(
			`INSERT INTO rule_state ("vehicleId", "ruleId", "isMet", "dueAt")
			SELECT vehicle.id, CAST(? AS BIGINT), ?, CAST(? AS BIGINT) FROM vehicle
			JOIN vehicle_status ON vehicle_status."vehicleId" = vehicle.id WHERE ${where}
			ON CONFLICT ("vehicleId", "ruleId") DO UPDATE SET "dueAt" = excluded."dueAt"`,
			[ruleId, false, at, ...params],
		);
	}

	async forgetMemory(ruleId: number): Promise<void> {
		await this.#changeStates(ruleId, (state) => (state.memory === null ? state : { ...state, memory: null }));
	}

	async startAfresh(ruleId: number): Promise<void> {
		await this.#changeStates(ruleId, ({ lastFiredAt, firedOn }) => ({ ...NEVER_MET, lastFiredAt, firedOn }));
	}

	async #changeStates(ruleId: number, change: (state: RuleState) => RuleState): Promise<void> {
		const rows = await this.context.query('SELECT * FROM rule_state WHERE "ruleId" = ?', [ruleId]);
		await this.saveStates(
			rows.map(ruleStateFrom).flatMap((one) => {
				const state = change(one.state);
				return state === one.state ? [] : [{ ...one, state }];
			}),
		);
	}

	async #create(fields: RuleFields, shadowOf: number | null, at: number): Promise<Rule> {
		const row = { ...columnsOf(fields), shadowOf, version: 1, createdAt: at, updatedAt: at };
		return await this.#saved(await insertRow(this.context, ruleEntity, row), fields, at);
	}

	async #saved(id: number, fields: RuleFields, at: number): Promise<Rule> {
		const { query } = this.context;
		await query('UPDATE rule SET revision = ? WHERE id = ?', [await nextRulesRevision(query), id]);
		const rule = await this.existing(id);
		await query('INSERT INTO rule_version ("ruleId", version, "savedAt", fields) VALUES (?, ?, ?, ?)', [
			id,
			rule.version,
			at,
			JSON.stringify(fields),
		]);
		return rule;
	}

	/** A rule on trial watches through the tasks of the rule that it is a trial of. */
	async #taskWatches(): Promise<TaskWatch[]> {
		const rows = await this.context.query(
			`${watchesOf('rule.id')} UNION ALL ${watchesOf('rule."shadowOf"')} ORDER BY "taskId", "ruleId"`,
			[true, true],
		);
		return rows.map((row) => ({
			ruleId: numberOf(row, 'ruleId'),
			taskId: numberOf(row, 'taskId'),
			vehicleId: numberOrNull(row, 'vehicleId'),
			customerId: numberOrNull(row, 'customerId'),
		}));
	}

	async #geofences(): Promise<Geofence[]> {
		return await this.context.orm((manager) =>
			manager.getRepository(geofenceEntity).find({ order: { id: 'ASC' } }),
		);
	}
}

function watchesOf(attached: string): string {
	return `SELECT rule.id AS "ruleId", task.id AS "taskId", task."vehicleId", task."customerId"
		FROM task_rule
		JOIN task ON task.id = task_rule."taskId" AND task.state = 'created'
		JOIN rule ON ${attached} = task_rule."ruleId" AND rule.enabled = ?`;
}

/** With null for what the rule does not have, so that an update takes it away. */
function columnsOf({ maxGapSeconds, clear, escalations, ...fields }: RuleFields): object {
	return {
		...fields,
		maxGapSeconds: maxGapSeconds ?? null,
		clear: clear ?? null,
		escalations: escalations ?? null,
	};
}

function versionFrom(row: Row): RuleVersion {
	return {
		ruleId: numberOf(row, 'ruleId'),
		version: numberOf(row, 'version'),
		savedAt: numberOf(row, 'savedAt'),
		fields: jsonOf<RuleFields>(row, 'fields'),
	};
}
