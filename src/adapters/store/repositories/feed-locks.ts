import type { FeedLocks } from '../../../app/ports/store-feeds';
import { queryLists } from '../rows';
import type { DatabaseSession } from '../session';
import type { StoreContext } from '../store-context';

/** Ends a transaction that has others beside it, so that its work is done anew without. */
export class NeedsStoreError extends Error {}

export class StoredFeedLocks implements FeedLocks {
	constructor(
		private readonly context: StoreContext,
		private readonly session: DatabaseSession,
	) {}

	async takeVehicles(vehicleIds: readonly number[]): Promise<void> {
		if (this.context.writeKind === 'exclusive') return;
		const ascending = vehicleIds.toSorted((a, b) => a - b);
		await queryLists(
			this.context.query,
			ascending,
			(list) => `SELECT id FROM vehicle WHERE id IN (${list}) ORDER BY id FOR NO KEY UPDATE`,
		);
	}

	takeStore(): void {
		if (this.context.writeKind === 'feed') throw new NeedsStoreError();
	}

	async renewMark(): Promise<{ before: number; after: number } | null> {
		const { kind, query } = this.context;
		if (kind !== 'sqlite') return null;
		const [row] = await query(`SELECT value FROM revision WHERE name = 'vehicles'`);
		this.session.isMarkRenewed = true;
		return { before: Number(row?.value), after: this.session.nextMark };
	}
}
