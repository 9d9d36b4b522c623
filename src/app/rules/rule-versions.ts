import { isDeepStrictEqual } from 'node:util';
import { describePattern } from '../../domain/rules/describe-pattern';
import type { RuleFields } from '../../domain/rules/rule';
import { RecordNotFoundError } from '../errors';
import type { Fleet } from '../fleet';
import type { StoreSession } from '../ports/store';
import type { RuleVersion } from '../ports/store-rules';
import { findRule } from '../records/find-record';
import type { RecordRef } from '../records/record-ref';
import { replaceRuleIn, type SavedRule } from '../records/rules';

export interface ListedVersion {
	readonly version: number;
	readonly savedAt: number;
	readonly isCurrent: boolean;
	/** Fields that are not as in the version before; empty for the oldest that is kept. */
	readonly changed: readonly string[];
	readonly sentence: string;
	readonly fields: RuleFields;
}

export interface FieldDifference {
	readonly field: string;
	/** Null where the version does not have it. */
	readonly before: unknown;
	readonly after: unknown;
}

export interface VersionComparison {
	readonly rule: string;
	readonly before: { readonly version: number; readonly sentence: string };
	readonly after: { readonly version: number; readonly sentence: string };
	readonly differences: readonly FieldDifference[];
}

/** Newest first. Rejects with `RecordNotFoundError`. */
export async function listRuleVersions(fleet: Fleet, ref: RecordRef): Promise<ListedVersion[]> {
	return await fleet.store.read(async (session) => {
		const rule = await findRule(session, ref);
		const versions = await session.rules.versions(rule.id);
		return versions.map(({ version, savedAt, fields }, index) => {
			const before = versions[index + 1];
			const changed =
				before === undefined ? [] : differences(before.fields, fields).map(({ field }) => field);
			const isCurrent = version === rule.version;
			return { version, savedAt, isCurrent, changed, sentence: describePattern(fields.pattern), fields };
		});
	});
}

/** Field by field. Rejects with `RecordNotFoundError` for a rule or version that there is not. */
export async function compareRuleVersions(
	fleet: Fleet,
	ref: RecordRef,
	[from, to]: readonly [number, number],
): Promise<VersionComparison> {
	return await fleet.store.read(async (session) => {
		const rule = await findRule(session, ref);
		const [before, after] = [
			await findRuleVersion(session, rule.id, from),
			await findRuleVersion(session, rule.id, to),
		];
		const inWords = ({ version, fields }: RuleVersion) => ({
			version,
			sentence: describePattern(fields.pattern),
		});
		return {
			rule: rule.name,
			before: inWords(before),
			after: inWords(after),
			differences: differences(before.fields, after.fields),
		};
	});
}

/** Saves the rule as it was, which makes a new version; whether it is enabled stays as it is. */
export async function restoreRuleVersion(fleet: Fleet, ref: RecordRef, version: number): Promise<SavedRule> {
	return await fleet.store.write(async (session) => {
		const rule = await findRule(session, ref);
		const { fields } = await findRuleVersion(session, rule.id, version);
		return await replaceRuleIn(session, rule, { ...fields, enabled: rule.enabled }, fleet.clock());
	});
}

/** Rejects with `RecordNotFoundError`. */
export async function findRuleVersion(
	{ rules }: Pick<StoreSession, 'rules'>,
	ruleId: number,
	version: number,
): Promise<RuleVersion> {
	const found = await rules.version(ruleId, version);
	if (found === null) throw new RecordNotFoundError('version of the rule', version, 'Get Versions');
	return found;
}

function differences(before: RuleFields, after: RuleFields): FieldDifference[] {
	const [a, b] = [
		new Map<string, unknown>(Object.entries(before)),
		new Map<string, unknown>(Object.entries(after)),
	];
	return [...new Set([...a.keys(), ...b.keys()])]
		.map((field) => ({ field, before: a.get(field) ?? null, after: b.get(field) ?? null }))
		.filter((one) => !isDeepStrictEqual(one.before, one.after));
}
