import Redis from 'ioredis';

import { redisTransports, startFeedWorkflow } from '../../../scripts/demo/transports.mjs';
import { describeWith, startRedis } from '../../lib/services/redis';
import type { RunningFleet } from '../lib/start-fleet';
import { eventually } from '../tools/eventually';
import { queryFleet } from '../tools/fleet-file';

const FEED = 'fleet.status';
const EMBEDDED = { name: 'embedded' };
const VIN = '1J9RP1A36A1644345';
const YEAR_MS = 365 * 86_400_000;

export function badMessages(running: () => RunningFleet): void {
	const quarantine = () =>
		queryFleet(running().host, 'SELECT "messageId", field, reason, payload FROM quarantine ORDER BY id');
	const logged = async (text: string) => {
		const logs = await running().desk.fleet('log', 'getAll', { returnAll: true });
		return logs.map(({ message }) => String(message)).filter((message) => message.includes(text));
	};
	const historyOf = (messageId: string) =>
		queryFleet(running().host, 'SELECT id FROM status_history WHERE "messageId" = ?', messageId).length;

	describe('messages with mistakes in them', () => {
		const report = (messageId: string, fields: Readonly<Record<string, unknown>>) => ({
			messageId,
			vehicle: VIN,
			reportedAt: new Date().toISOString(),
			attributes: { speed: 50 },
			...fields,
		});

		it('rejects each once with field and reason, and takes the good rest of the batch', async () => {
			const { desk } = running();
			await desk.fleet('vehicle', 'upsert', { vin: VIN });
			const messages = [
				report('good before', {}),
				report('no key', { vehicle: undefined }),
				report('off the globe', { position: { latitude: 99.45, longitude: 13.4 } }),
				report('a year ahead', { reportedAt: new Date(Date.now() + YEAR_MS).toISOString() }),
				report('stranger', { vehicle: 'NOBODY-1' }),
				report('good after', {}),
			];
			await desk.publish(EMBEDDED, FEED, [...messages, ...messages]);
			await eventually('the last message is stored', () => historyOf('good after') === 1);
			expect(historyOf('good before')).toBe(1);
			expect(quarantine().map(({ messageId, field }) => [messageId, field])).toEqual(
				expect.arrayContaining([
					['no key', 'vehicle'],
					['off the globe', 'position.latitude'],
					['a year ahead', 'reportedAt'],
					['stranger', 'vehicle'],
				]),
			);
			expect(quarantine()).toHaveLength(4);
			const reasonOf = (id: string) => quarantine().find(({ messageId }) => messageId === id)?.reason;
			expect(reasonOf('no key')).toMatch(/vehicle/);
			expect(reasonOf('off the globe')).toMatch(/99\.45.*-90.*90/);
			expect(reasonOf('a year ahead')).toMatch(/ahead|future/);
			expect(reasonOf('stranger')).toMatch(/'NOBODY-1'/);
			// The payload is kept whole, so that it can be mended and sent again.
			expect(JSON.parse(String(quarantine().find((row) => row.messageId === 'stranger')?.payload))).toEqual(
				JSON.parse(JSON.stringify(messages[4])),
			);
			const lines = await eventually('the log has them', async () => {
				const found = await logged('was rejected');
				return found.length >= 4 && found;
			});
			expect(lines).toHaveLength(4);
			expect(lines.find((line) => line.includes('stranger'))).toMatch(
				/fleet\.status was rejected: .*NOBODY-1/,
			);
		});
	});

	describeWith('redis', 'messages with mistakes over Redis Streams', () => {
		it('keeps what is no JSON and goes on with what follows', async () => {
			const { n8n, desk } = running();
			await desk.fleet('vehicle', 'upsert', { vin: VIN });
			const server = await startRedis();
			const client = new Redis(server.port, server.host);
			const redis = await redisTransports(n8n, server.port);
			const streams = redis.transports.find(({ name }) => name === 'redisStreams');
			if (!streams) throw new Error('Redis Streams is not among the transports');
			const text = '{"vehicle": "cut off';
			const good = JSON.stringify({ messageId: 'good, raw', vehicle: VIN, reportedAt: Date.now(), speed: 1 });
			for (const payload of [text, text, good]) await client.xadd(FEED, '*', 'payload', payload);
			const stop = await startFeedWorkflow(n8n, streams, FEED);
			try {
				await eventually('the good one is stored', () => historyOf('good, raw') === 1);
				const kept = quarantine().filter(({ payload }) => payload === text);
				expect(kept).toEqual([
					expect.objectContaining({ field: null, reason: expect.stringMatching(/JSON/) }),
				]);
				const lines = await eventually('the log has it', async () => {
					const found = await logged('is not JSON');
					return found.length > 0 && found;
				});
				expect(lines).toHaveLength(1);
				const [group] = (await client.xinfo('GROUPS', FEED)) as unknown[][];
				expect(Object.fromEntries(pairsOf(group ?? []))).toMatchObject({ pending: 0, lag: 0 });
			} finally {
				await stop();
				await redis.remove();
				client.disconnect();
				await server.stop();
			}
		});
	});
}

function pairsOf(flat: readonly unknown[]): [string, unknown][] {
	return flat.flatMap((name, index) => (index % 2 === 0 ? [[String(name), flat[index + 1]]] : []));
}
