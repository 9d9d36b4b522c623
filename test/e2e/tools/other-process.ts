import { join } from 'node:path';

import { embeddedBus } from '../../../src/adapters/bus/embedded';
import { openStore } from '../../../src/adapters/store/open-store';
import type { Fleet } from '../../../src/app/fleet';
import type { MessageBus } from '../../../src/app/ports/message-bus';
import type { RunningHost } from '../../../scripts/lib/host.mjs';

/** Works on the embedded store as another process on the same host does, whether n8n runs or not. */
export async function inOtherProcess<T>(
	{ userFolder }: Pick<RunningHost, 'userFolder'>,
	work: (fleet: Fleet, bus: MessageBus) => Promise<T>,
): Promise<T> {
	const path = join(userFolder, '.n8n', 'fleet', 'fleet.sqlite');
	const store = await openStore({ kind: 'sqlite', path });
	try {
		const bus = embeddedBus(store.database);
		const result = await work({ store, clock: Date.now }, bus);
		await bus.close();
		return result;
	} finally {
		await store.close();
	}
}
