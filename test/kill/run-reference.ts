import { join } from 'node:path';
import { openStore } from '../../src/adapters/store/open-store';
import { feedProcessor } from '../../src/app/feed/process-batch';
import { fillFleet } from './fleet-under-test';
import { readLedger } from './ledger';
import { type Snapshot, snapshotOf } from './snapshot';

export interface LedgerCount {
	readonly published: number;
	readonly distinct: number;
	readonly bad: number;
}

const AT_ONCE = 1000;

/**
 * What the acknowledged messages bring about in a fresh store, in the order in which they were published, without a
 * transport, without faults. Well defined since a transport keeps each vehicle's order, vehicles do not know each
 * other, and no timer can ring by the clock between two reports of one vehicle.
 */
export async function runReference(
	folder: string,
	{
		ledger,
		feed,
		maxFutureMs,
	}: { readonly ledger: string; readonly feed: string; readonly maxFutureMs: number },
): Promise<{ snapshot: Snapshot; count: LedgerCount; acknowledged: Map<string, { isBad: boolean }> }> {
	const store = await openStore({ kind: 'sqlite', path: join(folder, 'reference.sqlite') });
	try {
		const fleet = { store, clock: Date.now };
		await fillFleet(fleet);
		const processor = feedProcessor(fleet, { feed, maxFutureMs });
		const acknowledged = new Map<string, { isBad: boolean }>();
		let published = 0;
		let batch: { payload: string }[] = [];
		for await (const { messageId, payload, isBad } of readLedger(ledger)) {
			published++;
			acknowledged.set(messageId, { isBad });
			batch.push({ payload });
			if (batch.length < AT_ONCE) continue;
			await processor.process(batch);
			batch = [];
		}
		await processor.process(batch);
		await processor.ring();
		const bad = [...acknowledged.values()].filter(({ isBad }) => isBad).length;
		const count = { published, distinct: acknowledged.size, bad };
		return { snapshot: await snapshotOf(store, feed), count, acknowledged };
	} finally {
		await store.close();
	}
}
