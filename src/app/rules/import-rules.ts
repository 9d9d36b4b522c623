import { FleetError } from '../../domain/errors';
import type { GeofenceFields } from '../../domain/geofence';
import { parseRuleFile } from '../../domain/rule-files/parse-rule-file';
import type { FileRule, FileScope, TextPlace } from '../../domain/rule-files/rule-file';
import type { RuleScope } from '../../domain/rules/rule';
import type { Fleet } from '../fleet';
import type { StoreSession } from '../ports/store';
import { findCustomer, findRuleByName, findVehicle } from '../records/find-record';
import { upsertGeofenceIn } from '../records/geofences';
import { createRuleIn, updateRuleIn } from '../records/rules';

export type ImportOutcome = 'created' | 'updated' | 'unchanged';

export interface ImportedPart {
	readonly name: string;
	readonly outcome: ImportOutcome;
	/** The version that the rule now has; null for a geofence. */
	readonly version: number | null;
	readonly warnings: readonly string[];
}

/** What was not taken, and where it stands in the file. */
export interface RefusedPart extends TextPlace {
	/** Null where it has none, or the file itself is wrong. */
	readonly name: string | null;
	readonly field: string;
	readonly reason: string;
	readonly hint: string;
}

export interface RuleImport {
	readonly rules: readonly ImportedPart[];
	readonly geofences: readonly ImportedPart[];
	readonly refused: readonly RefusedPart[];
}

/** Carries the outcome out of a transaction that is not to be kept. */
class DryRunEnd extends Error {
	constructor(readonly outcome: RuleImport) {
		super('dry run');
	}
}

/**
 * Takes a rule file into the store in one transaction: rules and geofences are created, or updated by their name; what
 * is as it was gets no new version. What is wrong is refused with its reason, and the rest is taken. A dry run tells
 * the same and leaves the store as it is.
 */
export async function importRules(
	fleet: Fleet,
	text: string,
	{ dryRun = false }: { readonly dryRun?: boolean } = {},
): Promise<RuleImport> {
	const { file, problems, places } = parseRuleFile(text);
	const refused: RefusedPart[] = problems.map(({ message, ...problem }) => ({ ...problem, reason: message }));
	try {
		return await fleet.store.write(async (session) => {
			const at = fleet.clock();
			const geofences: ImportedPart[] = [];
			for (const fence of file.geofences) geofences.push(await takeGeofence(session, fence, at));
			const rules: ImportedPart[] = [];
			for (const rule of file.rules) {
				try {
					rules.push(await takeRule(session, rule, at));
				} catch (error) {
					if (!(error instanceof FleetError)) throw error;
					const place = places.get(rule.name) ?? { line: 1, column: 1 };
					refused.push({
						...place,
						name: rule.name,
						field: 'scope',
						reason: error.message,
						hint: error.hint,
					});
				}
			}
			const outcome = { rules, geofences, refused };
			if (dryRun) throw new DryRunEnd(outcome);
			return outcome;
		});
	} catch (error) {
		if (error instanceof DryRunEnd) return error.outcome;
		throw error;
	}
}

async function takeGeofence(session: StoreSession, fence: GeofenceFields, at: number): Promise<ImportedPart> {
	const { record, created, changed } = await upsertGeofenceIn(session, fence, at);
	const outcome = created ? 'created' : changed ? 'updated' : 'unchanged';
	return { name: record.name, outcome, version: null, warnings: [] };
}

async function takeRule(session: StoreSession, rule: FileRule, at: number): Promise<ImportedPart> {
	const fields = { ...rule, scope: await storeScope(session, rule.scope) };
	const found = await findRuleByName(session.rules, rule.name);
	if (found === null) {
		const { record, warnings } = await createRuleIn(session, fields, at);
		return { name: record.name, outcome: 'created', version: record.version, warnings };
	}
	// What the file leaves out, the rule shall not have.
	const whole = { clear: null, escalations: null, maxGapSeconds: null, ...fields };
	const { record, warnings } = await updateRuleIn(session, found, whole, at);
	const outcome = record.version === found.version ? 'unchanged' : 'updated';
	return { name: record.name, outcome, version: record.version, warnings };
}

/** Rejects with `RecordNotFoundError` or `AmbiguousKeyError`. */
async function storeScope(session: StoreSession, scope: FileScope): Promise<RuleScope> {
	switch (scope.vehicles) {
		case 'customer':
			return { vehicles: 'customer', customerId: (await findCustomer(session, { key: scope.customer })).id };
		case 'vehicle':
			return { vehicles: 'vehicle', vehicleId: (await findVehicle(session, { key: scope.vehicle })).id };
		default:
			return { vehicles: scope.vehicles };
	}
}
