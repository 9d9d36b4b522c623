import { FleetError } from '../../domain/errors';
import type { Geofence } from '../../domain/geofence';
import { formatRuleFile, type FileFormat } from '../../domain/rule-files/format-rule-file';
import type { FileRule, FileScope } from '../../domain/rule-files/rule-file';
import { patternGeofences } from '../../domain/rules/pattern-geofences';
import type { GeofenceRef } from '../../domain/rules/pattern';
import type { Rule, RuleScope } from '../../domain/rules/rule';
import { UnnamableRecordError } from '../errors';
import type { Fleet } from '../fleet';
import type { StoreSession } from '../ports/store';
import { findCustomer, findRule, findVehicle } from '../records/find-record';
import type { RecordRef } from '../records/record-ref';

export interface RuleExport {
	/** A rule file. */
	readonly text: string;
	/** Rules in it. */
	readonly count: number;
	/** Rules that cannot be told without ids. */
	readonly skipped: readonly { readonly name: string; readonly reason: string; readonly hint: string }[];
}

/**
 * Rules as a file, with the geofences that they name; all of them (without trials), or those of `rules`. Rejects with
 * `RecordNotFoundError` for one that is not there.
 */
export async function exportRules(
	fleet: Fleet,
	{
		rules: refs,
		format = 'yaml',
	}: { readonly rules?: readonly RecordRef[]; readonly format?: FileFormat } = {},
): Promise<RuleExport> {
	return await fleet.store.read(async (session) => {
		const found: Rule[] = [];
		if (refs === undefined) {
			found.push(...(await session.rules.find({ where: { shadowOf: null }, orderBy: 'name' })));
		} else for (const ref of refs) found.push(await findRule(session, ref));
		const rules: FileRule[] = [];
		const skipped: RuleExport['skipped'][number][] = [];
		for (const rule of found) {
			try {
				rules.push({ ...rule, scope: await fileScope(session, rule.scope) });
			} catch (error) {
				if (!(error instanceof FleetError)) throw error;
				skipped.push({ name: rule.name, reason: error.message, hint: error.hint });
			}
		}
		const geofences = namedIn(rules, await session.geofences.find({ orderBy: 'name' }));
		return { text: formatRuleFile({ rules, geofences }, format), count: rules.length, skipped };
	});
}

/** Rejects with `UnnamableRecordError` when no key leads back to the very record. */
async function fileScope(session: StoreSession, scope: RuleScope): Promise<FileScope> {
	switch (scope.vehicles) {
		case 'vehicle': {
			const { id, vin, plate, externalId } = await findVehicle(session, { id: scope.vehicleId });
			for (const key of [vin, plate, externalId]) {
				if (key === null || (await findVehicle(session, { key })).id !== id) continue;
				return { vehicles: 'vehicle', vehicle: key };
			}
			throw new UnnamableRecordError('vehicle', id);
		}
		case 'customer': {
			const { id, externalId, name } = await findCustomer(session, { id: scope.customerId });
			const key = externalId ?? name;
			if ((await findCustomer(session, { key })).id !== id) throw new UnnamableRecordError('customer', id);
			return { vehicles: 'customer', customer: key };
		}
		default:
			return { vehicles: scope.vehicles };
	}
}

function namedIn(rules: readonly FileRule[], geofences: readonly Geofence[]): Geofence[] {
	const refs = rules.flatMap(({ pattern, clear, escalations = [] }): GeofenceRef[] => [
		...patternGeofences(pattern),
		...(clear === undefined ? [] : patternGeofences(clear)),
		...escalations.flatMap((one) => ('when' in one ? patternGeofences(one.when) : [])),
	]);
	const names = new Set(refs.flatMap((ref) => ('geofence' in ref ? ref.geofence : [])));
	const tags = new Set(refs.flatMap((ref) => ('tag' in ref ? ref.tag : [])));
	return geofences.filter((fence) => names.has(fence.name) || fence.tags.some((tag) => tags.has(tag)));
}
