import type { Customer } from '../../domain/customer';
import type { Firing } from '../../domain/rules/firing';
import { NEVER_MET } from '../../domain/rules/rule-state';
import type { StoreSession } from '../ports/store';
import type { StoredRuleState } from '../ports/store-rules';
import type { FiringDraft, Happening, VehicleRun } from './vehicle-run';

/** Something that happened to a firing, for those who are to be told: not of rules on trial. */
export interface Occasion extends Omit<Happening, 'firing'> {
	/** As it was right after. */
	readonly firing: Firing;
	readonly customer: Customer | null;
}

type FiringSession = Pick<StoreSession, 'firings' | 'rules' | 'customers'>;

/**
 * Opens, changes and clears firings and keeps the states of the rules, so that the next batch goes on where this one
 * ends. Resolves with what happened: vehicle by vehicle, each in its order.
 */
export async function saveFirings(session: FiringSession, runs: readonly VehicleRun[]): Promise<Occasion[]> {
	const happenings = runs.flatMap((run) => run.happenings);
	const open = await openFirings(session, happenings);
	await changeSeverities(session, happenings);
	await addStored(session, happenings, open);
	const cleared = await clearFirings(session, happenings);
	await saveStates(session, runs);

	const told: [happening: Happening, firing: Firing][] = [];
	for (const happening of happenings) {
		const { kind, severity } = happening;
		// Absent when it was cleared already, by a rule that was disabled: it ended then.
		const firing = (kind === 'cleared' ? cleared : open).get(idOf(happening.firing));
		if (firing === undefined || firing.isShadow) continue;
		told.push([happening, { ...firing, severity: kind === 'cleared' ? firing.severity : severity }]);
	}
	if (told.length === 0) return [];
	const customers = await session.customers.getMany(
		told.flatMap(([{ vehicle }]) => vehicle.customerId ?? []),
	);
	return told.map(([happening, firing]) => ({
		...happening,
		firing,
		customer: customers.get(happening.vehicle.customerId ?? 0) ?? null,
	}));
}

/** Gives the firings of this batch their ids. */
async function openFirings(
	{ firings }: FiringSession,
	happenings: readonly Happening[],
): Promise<Map<number, Firing>> {
	const drafts = happenings.filter(({ kind }) => kind === 'fired').map(({ firing }) => firing);
	const fields = drafts.flatMap(({ opened }) => opened ?? []);
	const ids = fields.length === 0 ? [] : await firings.open(fields);
	const open = new Map<number, Firing>();
	for (const [index, draft] of drafts.entries()) {
		const [id, field] = [ids[index], fields[index]];
		if (id === undefined || field === undefined)
			throw new Error('The store opened fewer firings than it was given');
		draft.id = id;
		open.set(id, { ...field, id, clearedAt: null, acknowledgedAt: null });
	}
	return open;
}

async function changeSeverities({ firings }: FiringSession, happenings: readonly Happening[]): Promise<void> {
	const changed = happenings.filter(({ kind }) => kind === 'escalated' || kind === 'lowered');
	if (changed.length === 0) return;
	await firings.changeSeverity(changed.map(({ firing, severity }) => ({ id: idOf(firing), severity })));
}

/** Firings of earlier batches that somebody is to be told of while they are open. */
async function addStored(
	{ firings }: FiringSession,
	happenings: readonly Happening[],
	open: Map<number, Firing>,
): Promise<void> {
	const ids = happenings
		.filter(({ kind, firing }) => firing.opened === null && (kind === 'escalated' || kind === 'reminded'))
		.map(({ firing }) => idOf(firing));
	if (ids.length === 0) return;
	for (const [id, firing] of await firings.getMany(ids)) open.set(id, firing);
}

async function clearFirings(
	{ firings }: FiringSession,
	happenings: readonly Happening[],
): Promise<Map<number, Firing>> {
	const ended = happenings.filter(({ kind }) => kind === 'cleared');
	if (ended.length === 0) return new Map();
	// A report that came after a timer rang may be older than that; a firing never ends before it began.
	return await firings.clear(
		ended.map(({ firing, at }) => ({ id: idOf(firing), clearedAt: Math.max(at, firing.openedAt) })),
	);
}

async function saveStates({ rules }: FiringSession, runs: readonly VehicleRun[]): Promise<void> {
	const changes: StoredRuleState[] = [];
	for (const { vehicle, rules: run, open } of runs) {
		for (const ruleId of run.changed) {
			const firingId = open.get(ruleId)?.id ?? null;
			changes.push({ ruleId, vehicleId: vehicle.id, firingId, state: run.states.get(ruleId) ?? NEVER_MET });
		}
	}
	if (changes.length > 0) await rules.saveStates(changes);
}

function idOf({ id }: FiringDraft): number {
	if (id === null) throw new Error('A firing was to be changed before it was stored');
	return id;
}
