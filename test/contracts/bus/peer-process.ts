import { openBus } from '../../../src/adapters/bus/open-bus';
import { openDatabase } from '../../../src/adapters/store/database';
import { numbered } from './collector';
import type { ProcessOptions } from './transports';

/** Another process on a bus: `peer OPTIONS publish FEED COUNT` or `peer OPTIONS hold FEED BATCH_SIZE`. */
async function main(options: ProcessOptions, command: string, feed: string, count: number): Promise<void> {
	const database = await openDatabase(options.store);
	const bus = openBus(options.transport, database);
	if (command === 'publish') {
		await bus.publish(feed, numbered(count));
		await bus.close();
		await database.close();
		return;
	}
	await bus.subscribe(feed, { group: 'fleet', batchSize: count, from: 'start' }, async (batch) => {
		process.stdout.write(`holding ${batch.messages.length}\n`);
		await new Promise(() => undefined);
	});
}

const [, , options = '', command = '', feed = '', count = '0'] = process.argv;
void main(JSON.parse(options) as ProcessOptions, command, feed, Number(count));
