import type { FieldInput } from '../../domain/fields';
import { parseRuleFields } from '../../domain/rules/parse-rule';
import type { Rule, RuleFields, RuleScope } from '../../domain/rules/rule';
import { DuplicateRecordError, RecordNotFoundError } from '../errors';
import type { Fleet } from '../fleet';
import type { StoreSession } from '../ports/store';
import type { RecordQuery } from '../ports/store-records';
import { awakenRule } from './awaken-rule';
import { isEmpty, realChanges } from './change-record';
import { clearFirings } from './clear-firings';
import { findCustomer, findRule, findRuleByName, findVehicle } from './find-record';
import type { RecordRef } from './record-ref';
import { warningsOf } from './rule-warnings';

/** What a person should look at, although the rule is good as it is. */
export interface SavedRule {
	readonly record: Rule;
	readonly warnings: readonly string[];
}

/** Rejects with `InvalidFieldError`, or `RecordNotFoundError` for a scope whose vehicle or customer is not there. */
export async function createRule(fleet: Fleet, input: FieldInput): Promise<SavedRule> {
	const fields = parseRuleFields(input);
	return await fleet.store.write(async (session) => await createRuleIn(session, fields, fleet.clock()));
}

/**
 * Fields that are left out stay as they are; `pattern`, `scope` and the others are replaced as wholes. Null takes
 * `clear`, `escalations` or `maxGapSeconds` away.
 */
export async function updateRule(fleet: Fleet, ref: RecordRef, input: FieldInput): Promise<SavedRule> {
	return await fleet.store.write(
		async (session) => await updateRuleIn(session, await findRule(session, ref), input, fleet.clock()),
	);
}

/** Updates the rule with this name or creates it. */
export async function upsertRule(fleet: Fleet, input: FieldInput): Promise<SavedRule & { created: boolean }> {
	return await fleet.store.write(async (session) => {
		const name = typeof input.name === 'string' ? input.name.trim() : '';
		const found = name === '' ? null : await findRuleByName(session.rules, name);
		const saved =
			found === null
				? await createRuleIn(session, parseRuleFields(input), fleet.clock())
				: await updateRuleIn(session, found, input, fleet.clock());
		return { ...saved, created: found === null };
	});
}

export async function getRule(fleet: Fleet, ref: RecordRef): Promise<Rule> {
	return await fleet.store.read(async (session) => await findRule(session, ref));
}

/** Without those on trial, unless `where` asks for them. */
export async function listRules(fleet: Fleet, query: RecordQuery<Rule> = {}): Promise<Rule[]> {
	const where = { shadowOf: null, ...query.where };
	return await fleet.store.read(async ({ rules }) => await rules.find({ ...query, where }));
}

/** Ends its open firings, and its trial; what it did before stays in the records. */
export async function removeRule(fleet: Fleet, ref: RecordRef): Promise<Rule> {
	return await fleet.store.write(async (session) => {
		const rule = await findRule(session, ref);
		await endTrials(session, rule, fleet.clock());
		await clearFirings(session, { ruleId: rule.id }, fleet.clock());
		await session.rules.remove(rule.id);
		return rule;
	});
}

export async function enableRule(fleet: Fleet, ref: RecordRef): Promise<Rule> {
	return (await updateRule(fleet, ref, { enabled: true })).record;
}

/**
 * Ends its open firings, so that nothing stays open that nobody watches, and its trial. Enabled again, the rule starts
 * afresh.
 */
export async function disableRule(fleet: Fleet, ref: RecordRef): Promise<Rule> {
	return (await updateRule(fleet, ref, { enabled: false })).record;
}

/** The creation itself, for a transaction of the caller's. */
export async function createRuleIn(
	session: StoreSession,
	fields: RuleFields,
	at: number,
): Promise<SavedRule> {
	await checkName(session, fields.name);
	await checkScope(session, fields.scope);
	const record = await session.rules.create(fields, at);
	await awakenRule(session, record, at);
	return { record, warnings: await warningsOf(session, record) };
}

/** The change itself, for a transaction of the caller's. */
export async function updateRuleIn(
	session: StoreSession,
	rule: Rule,
	input: FieldInput,
	at: number,
): Promise<SavedRule> {
	return await replaceRuleIn(session, rule, changedRule(rule, input), at);
}

/** Gives the rule these fields and no others. */
export async function replaceRuleIn(
	session: StoreSession,
	rule: Rule,
	fields: RuleFields,
	at: number,
): Promise<SavedRule> {
	const changes = realChanges<RuleFields>(rule, { ...NO_OPTIONS, ...fields });
	if (isEmpty(changes)) return { record: rule, warnings: await warningsOf(session, rule) };
	if (changes.name !== undefined && rule.shadowOf === null) await checkName(session, changes.name);
	if (changes.scope !== undefined) await checkScope(session, changes.scope);
	const record = await session.rules.update(rule.id, changes, at);
	if (record === null) throw new RecordNotFoundError('rule', rule.id);
	if (changes.enabled === false) {
		await endTrials(session, rule, at);
		await clearFirings(session, { ruleId: rule.id }, at);
		await session.rules.startAfresh(rule.id);
	} else if (REMEMBERED.some((name) => name in changes)) {
		await session.rules.forgetMemory(rule.id);
	}
	await awakenRule(session, record, at);
	return { record, warnings: await warningsOf(session, record) };
}

const NO_OPTIONS: Partial<RuleFields> = {
	clear: undefined,
	escalations: undefined,
	maxGapSeconds: undefined,
};

/** What a rule remembers of its vehicles is of no use when one of these has changed. */
const REMEMBERED: readonly (keyof RuleFields)[] = ['pattern', 'clear', 'escalations', 'maxGapSeconds'];

/** The rule with what is given in place of what it has; null takes an option away. @throws InvalidFieldError */
export function changedRule(rule: RuleFields, input: FieldInput): RuleFields {
	const fields: Record<string, unknown> = { ...rule };
	for (const [name, value] of Object.entries(input)) if (value !== undefined) fields[name] = value;
	for (const name of Object.keys(NO_OPTIONS)) if (fields[name] === null) delete fields[name];
	return parseRuleFields(fields);
}

/** Ends the rule's trial, if there is one. What it fired stays on record. */
export async function endTrials(session: StoreSession, rule: Rule, at: number): Promise<void> {
	for (const trial of await session.rules.find({ where: { shadowOf: rule.id } })) {
		await clearFirings(session, { ruleId: trial.id }, at);
		await session.rules.remove(trial.id);
	}
}

/** A rule's name is its key: people, workflows and "Create or Update" know it by its name. */
async function checkName({ rules }: StoreSession, name: string): Promise<void> {
	if ((await findRuleByName(rules, name)) !== null) throw new DuplicateRecordError('rule', 'name', name);
}

async function checkScope(session: StoreSession, scope: RuleScope): Promise<void> {
	if (scope.vehicles === 'customer') await findCustomer(session, { id: scope.customerId });
	if (scope.vehicles === 'vehicle') await findVehicle(session, { id: scope.vehicleId });
}
