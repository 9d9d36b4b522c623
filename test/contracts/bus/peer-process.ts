import { embeddedBus } from '../../../src/adapters/bus/embedded';
import { openDatabase } from '../../../src/adapters/store/database';
import { numbered } from './collector';

/** Another process on the store: `peer FILE publish COUNT` or `peer FILE hold BATCH_SIZE`. */
async function main(path: string, command: string, count: number): Promise<void> {
	const database = await openDatabase({ kind: 'sqlite', path });
	const bus = embeddedBus(database, { leaseMs: 1000 });
	if (command === 'publish') {
		await bus.publish('feed', numbered(count));
		await bus.close();
		await database.close();
		return;
	}
	await bus.subscribe('feed', { group: 'fleet', batchSize: count, from: 'start' }, async (batch) => {
		process.stdout.write(`holding ${batch.messages.length}\n`);
		await new Promise(() => undefined);
	});
}

const [, , path = '', command = '', count = '0'] = process.argv;
void main(path, command, Number(count));
