import type { StoredRuleState } from '../../../app/ports/store-rules';
import { NEVER_MET, type RuleState } from '../../../domain/rules/rule-state';
import type { SqlValue } from '../engine';
import { jsonOrNull, numberOf, numberOrNull } from '../read-row';
import { InsertStatement, RowsStatement, takeExcluded } from '../rows';
import type { Execute, Row } from '../session';

const COLUMNS = ['firingId', 'lastFiredAt', 'isMet', 'dueAt', 'memory'];
const SAVE = new InsertStatement(
	'rule_state',
	['vehicleId', 'ruleId', ...COLUMNS],
	`ON CONFLICT ("vehicleId", "ruleId") DO UPDATE SET ${takeExcluded(COLUMNS)}`,
);
// PostgreSQL takes a parameter for a text unless it is told otherwise.
const REMOVE = new RowsStatement(
	['CAST(? AS BIGINT)', 'CAST(? AS BIGINT)'],
	(values) => `DELETE FROM rule_state WHERE ("vehicleId", "ruleId") IN (${values})`,
);

/** What has no column of its own. */
type Remembered = Pick<RuleState, 'open' | 'firedOn' | 'memory'>;

export async function saveRuleStates(execute: Execute, states: readonly StoredRuleState[]): Promise<void> {
	const last = [...new Map(states.map((one) => [`${one.vehicleId} ${one.ruleId}`, one])).values()];
	await REMOVE.execute(
		execute,
		last.filter(isNothing).map(({ vehicleId, ruleId }) => [vehicleId, ruleId]),
	);
	await SAVE.execute(execute, last.filter((one) => !isNothing(one)).map(stateRow));
}

export function ruleStateFrom(row: Row): StoredRuleState {
	const remembered = jsonOrNull<Remembered>(row, 'memory');
	return {
		ruleId: numberOf(row, 'ruleId'),
		vehicleId: numberOf(row, 'vehicleId'),
		firingId: numberOrNull(row, 'firingId'),
		state: {
			isMet: Boolean(row.isMet),
			lastFiredAt: numberOrNull(row, 'lastFiredAt'),
			open: remembered?.open ?? null,
			firedOn: remembered?.firedOn ?? null,
			memory: remembered?.memory ?? null,
			dueAt: numberOrNull(row, 'dueAt'),
		},
	};
}

function stateRow({ vehicleId, ruleId, firingId, state }: StoredRuleState): SqlValue[] {
	const { open, firedOn, memory } = state;
	const isPlain = open === null && firedOn === null && memory === null;
	const remembered: Remembered = { open, firedOn, memory };
	return [
		...[vehicleId, ruleId, firingId, state.lastFiredAt, state.isMet, state.dueAt],
		isPlain ? null : JSON.stringify(remembered),
	];
}

function isNothing({ firingId, state }: StoredRuleState): boolean {
	const names = Object.keys(NEVER_MET) as (keyof RuleState)[];
	return firingId === null && names.every((name) => state[name] === NEVER_MET[name]);
}
