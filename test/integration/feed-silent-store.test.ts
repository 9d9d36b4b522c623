import { redisStreamsBus } from '../../src/adapters/bus/redis-streams';
import { openStore } from '../../src/adapters/store/open-store';
import { startFeedRun } from '../../src/app/feed/run-feed';
import { createVehicle } from '../../src/app/records/vehicles';
import { startProxy } from '../contracts/bus/proxy';
import { eventually } from '../e2e/tools/eventually';
import { describeWith, startPostgres } from '../lib/services/postgres';
import { startRedis } from '../lib/services/redis';

describeWith('redis', 'a feed over Redis Streams', () => {
	describeWith('postgres', 'into a PostgreSQL that falls silent', () => {
		it('says so, keeps what comes, and goes on when the store answers again', async () => {
			const [postgres, redis] = await Promise.all([startPostgres(), startRedis()]);
			const proxy = await startProxy(postgres);
			const url = new URL(postgres.url);
			url.port = String(proxy.port);
			const store = await openStore({ kind: 'postgres', url: url.href, answerMs: 1000 });
			const fleet = { store, clock: Date.now };
			const bus = redisStreamsBus({ host: redis.host, port: redis.port });
			await createVehicle(fleet, { plate: 'V 1' });
			const told: string[] = [];
			const run = await startFeedRun(
				{ bus, fleet },
				{ feed: 'feed', group: 'fleet', batchSize: 10 },
				{
					onResult: () => undefined,
					onState: () => undefined,
					onLoss: () => undefined,
					onFailure: (what, error) => void (what === 'messages' && told.push(error?.message ?? 'works')),
				},
			);
			const publish = async (messageId: string) => {
				const payload = JSON.stringify({ messageId, vehicle: 'V 1', reportedAt: Date.now(), attributes: {} });
				await bus.publish('feed', [{ key: 'V 1', payload }]);
			};
			const accepted = async () => (await run.metrics()).accepted;
			try {
				await publish('before');
				await eventually('the feed runs', async () => (await accepted()) === 1);
				proxy.mute();
				await publish('meanwhile');
				await eventually('it is told', () => told.length === 1, 20_000);
				expect(told).toEqual([expect.stringContaining('does not answer')]);
				proxy.unmute();
				await publish('after');
				await eventually('both are taken', async () => (await accepted()) === 3, 30_000);
				await eventually('it is told', () => told.length === 2);
				expect(told[1]).toBe('works');
			} finally {
				await run.stop();
				await bus.close();
				await store.close();
				await proxy.stop();
				await Promise.all([postgres.stop(), redis.stop()]);
			}
		}, 90_000);
	});
});
