import type { Vehicle } from '../../domain/vehicle';
import type { StoreSession } from '../ports/store';
import type { VehicleRun } from './vehicle-run';

/** Some kilobytes each; beyond so many, all are forgotten and loaded anew as they report. */
const MAX_VEHICLES = 50_000;

/** What is known of vehicles within one transaction: loaded in it, or by an earlier one and still so. */
export interface KnownRuns {
	/** By what messages call them. */
	readonly vehicles: Map<string, Vehicle>;
	/** By vehicle id. */
	readonly runs: Map<number, VehicleRun>;
	/**
	 * To be called last, when the runs are as the store is: what is known may be used again then, once this is
	 * committed. Without it all is forgotten, as it is when the transaction is undone.
	 */
	keep(): void;
}

export interface RunMemory {
	/** To be called before anything is changed in the transaction. */
	begin(session: Pick<StoreSession, 'feedLocks'>): Promise<KnownRuns>;
}

/**
 * Keeps what one processor's batches have in memory. Runs change in place, so they belong to one transaction at a
 * time: what is kept is under the mark that this transaction leaves in the store, and under no other's.
 */
export function runMemory(): RunMemory {
	let kept: { readonly mark: number; readonly known: KnownRuns } | null = null;
	return {
		async begin({ feedLocks }) {
			const mark = await feedLocks.renewMark();
			const before = kept;
			kept = null;
			const isValid = before !== null && mark !== null && before.mark === mark.before;
			const { vehicles, runs } =
				isValid && before.known.runs.size <= MAX_VEHICLES ? before.known : nothingKnown();
			const known: KnownRuns = {
				vehicles,
				runs,
				keep() {
					if (mark !== null) kept = { mark: mark.after, known };
				},
			};
			return known;
		},
	};
}

/** For a transaction that is not a processor's own: nobody knows what else happens in it. */
export function nothingKnown(): KnownRuns {
	return { vehicles: new Map(), runs: new Map(), keep() {} };
}
