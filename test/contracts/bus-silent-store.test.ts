import { embeddedBus } from '../../src/adapters/bus/embedded';
import { openDatabase } from '../../src/adapters/store/database';
import { describeWith, startPostgres } from '../lib/services/postgres';
import { collect, eventually, numbered } from './bus/collector';
import { startProxy } from './bus/proxy';

describeWith('postgres', 'a feed in a store that falls silent', () => {
	it('says so, and is read on when the store answers again', async () => {
		const server = await startPostgres();
		const proxy = await startProxy(server);
		const url = new URL(server.url);
		url.port = String(proxy.port);
		const database = await openDatabase({ kind: 'postgres', url: url.href });
		const bus = embeddedBus(database, { leaseMs: 1000, answerMs: 500 });
		try {
			const collector = await collect(bus, 'feed');
			await bus.publish('feed', numbered(3));
			await eventually(() => collector.messages.length === 3, collector.payloads);
			proxy.mute();
			const shown = () => collector.states;
			await eventually(() => collector.states.length === 2, shown);
			expect(collector.states[1]).toEqual({
				up: false,
				reason: `PostgreSQL at 127.0.0.1:${proxy.port}/postgres does not answer`,
			});
			proxy.unmute();
			await eventually(() => collector.states.length === 3, shown, 30_000);
			await bus.publish('feed', numbered(2, 1, 'again-'));
			await eventually(() => collector.messages.length >= 5, collector.payloads);
			expect(collector.states.map(({ up }) => up)).toEqual([true, false, true]);
		} finally {
			await proxy.stop();
			await bus.close();
			await database.close();
			await server.stop();
		}
	});
});
