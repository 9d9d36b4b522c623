import type { Clock } from './ports/clock';
import type { FleetStore } from './ports/store';

/** What every use case works on. */
export interface Fleet {
	readonly store: FleetStore;
	readonly clock: Clock;
}
