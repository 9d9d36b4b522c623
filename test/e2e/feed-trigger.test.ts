import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Redis from 'ioredis';
import { type Item, ruleParameters } from '../../scripts/demo/fleet-desk.mjs';
import { removeWorkflow } from '../../scripts/demo/run-node.mjs';
import { freePort } from '../lib/services/child-service';
import { describeWith, type RedisService, startRedis } from '../lib/services/redis';
import { type RunningFleet, START_WITHIN_MS, startFleet } from './lib/start-fleet';
import { eventually } from './tools/eventually';
import { executionsOf, readExecution } from './tools/executions';
import { queryFleet } from './tools/fleet-file';
import { startWorkflow, type Step } from './tools/workflows';

const VIN = '1M8GDM9AXKP042788';
const FEED = 'trigger.test';

let fleet: RunningFleet;
let redis: RedisService | undefined;
let redisFolder: string;
let redisPort: number;
let credentials: Record<string, { id: string; name: string }>;

const message = (id: string, attributes: Item): Item => ({
	messageId: id,
	vehicle: VIN,
	reportedAt: new Date().toISOString(),
	attributes,
});

/** How many messages of a feed over Redis Streams the group has not acknowledged. */
async function unacknowledgedOf(feed: string): Promise<number> {
	const client = new Redis(redisPort);
	try {
		const [group] = (await client.xinfo('GROUPS', feed)) as unknown[][];
		const acknowledged = String(group?.[(group?.indexOf('last-delivered-id') ?? 0) + 1]);
		return (await client.xrange(feed, `(${acknowledged}`, '+')).length;
	} finally {
		client.disconnect();
	}
}

const historyOf = (feed: string) =>
	queryFleet(fleet.host, 'SELECT * FROM status_history WHERE feed = ? ORDER BY id', feed);
const logsLike = (text: string) => queryFleet(fleet.host, 'SELECT * FROM log WHERE message LIKE ?', text);

beforeAll(async () => {
	fleet = await startFleet();
	redisFolder = await mkdtemp(join(tmpdir(), 'fleet-e2e-redis-'));
	redisPort = await freePort();
	const { id, name } = await fleet.n8n.call<{ id: string; name: string }>('POST', '/credentials', {
		name: 'Redis of the test',
		type: 'fleetRedisApi',
		data: { host: '127.0.0.1', port: redisPort, username: '', password: '', database: 0, tls: false },
	});
	credentials = { fleetRedisApi: { id, name } };
	await fleet.desk.fleet('vehicle', 'create', { vin: VIN, plate: 'B FL 4711' });
}, START_WITHIN_MS);

afterAll(async () => {
	await fleet?.stop();
	await redis?.stop();
	await rm(redisFolder, { recursive: true, force: true });
}, START_WITHIN_MS);

describeWith('redis', 'Fleet Feed Trigger over Redis Streams', () => {
	const transport = () => ({ name: 'redisStreams', credentials });
	const trigger = (mode: string, feed: string): Step => ({
		name: 'Feed',
		type: 'n8n-nodes-fleet.fleetFeedTrigger',
		parameters: { transport: 'redisStreams', feed, mode, options: {} },
		credentials,
	});
	const startServer = async () => (redis = await startRedis({ port: redisPort, dir: redisFolder }));

	it('starts while Redis is down and says so, and reads when it has come up', async () => {
		const workflow = await startWorkflow(fleet.n8n, {
			name: 'Redis is down',
			steps: [trigger('evaluate', FEED), { name: 'End', type: 'n8n-nodes-base.noOp', parameters: {} }],
		});
		const told = await eventually('the outage is told', async () => {
			const failed = (await executionsOf(fleet.n8n.call, workflow)).find(({ status }) => status === 'error');
			return failed && (await readExecution(fleet.n8n.call, failed.id)).resultData.error;
		});
		expect(told.message).toMatch(new RegExp(`^Feed '${FEED}' is down: .*127.0.0.1:${redisPort}`));

		await startServer();
		await fleet.desk.publish(transport(), FEED, [message('after the start', { speed: 1 })]);
		await eventually('the message is taken', () => historyOf(FEED).length === 1);
		const outages = (await executionsOf(fleet.n8n.call, workflow)).filter(({ status }) => status === 'error');
		expect(outages).toHaveLength(1);
	}, 90_000);

	it('goes on by itself after Redis was killed, and loses nothing that it had taken', async () => {
		await fleet.desk.publish(transport(), FEED, [message('before the kill', { speed: 2 })]);
		await redis?.kill();
		await startServer();
		await fleet.desk.publish(transport(), FEED, [message('after the kill', { speed: 3 })]);
		await eventually('all messages are taken', () => historyOf(FEED).length === 3, 60_000);
		expect(historyOf(FEED).map(({ messageId }) => messageId)).toEqual([
			'after the start',
			'before the kill',
			'after the kill',
		]);
		expect(await unacknowledgedOf(FEED)).toBe(0);
	}, 120_000);

	it('emits messages to Fleet Rules, and acknowledges them only when the workflow has succeeded', async () => {
		const feed = 'trigger.messages';
		await fleet.desk.fleet('rule', 'create', {
			...ruleParameters({
				name: 'Alarm',
				conditions: [['alarm', 'eq', 'true']],
				actions: [{ type: 'storeLog', message: 'Alarm of {{vehicle.plate}}' }],
			}),
		});
		const rules: Step = {
			name: 'Rules',
			type: 'n8n-nodes-fleet.fleetRules',
			parameters: { feed, options: {} },
		};
		const action: Step = {
			name: 'Act',
			type: 'n8n-nodes-fleet.fleetAction',
			parameters: { which: 'firings', firingId: '={{ $json.firing.id }}' },
		};
		const stop: Step = {
			name: 'Stop',
			type: 'n8n-nodes-base.stopAndError',
			parameters: { errorMessage: 'not yet' },
		};
		const failing = await startWorkflow(fleet.n8n, {
			name: 'Messages that fail',
			steps: [trigger('messages', feed), stop],
		});
		await fleet.desk.publish(transport(), feed, [
			message('alarm', { alarm: true }),
			message('calm', { speed: 4 }),
		]);
		await eventually('the workflow has failed', async () =>
			(await executionsOf(fleet.n8n.call, failing)).some(({ status }) => status === 'error'),
		);
		expect(await unacknowledgedOf(feed)).toBeGreaterThan(0);
		await removeWorkflow(fleet.n8n, failing);

		const working = await startWorkflow(fleet.n8n, {
			name: 'Messages that succeed',
			steps: [trigger('messages', feed), rules, action],
		});
		await eventually('both are acknowledged', async () => (await unacknowledgedOf(feed)) === 0, 90_000);
		expect((await executionsOf(fleet.n8n.call, working)).map(({ status }) => status)).toContain('success');
		expect(logsLike('Alarm of B FL 4711')).toHaveLength(1);
		expect(historyOf(feed).map(({ messageId }) => messageId)).toEqual(['alarm', 'calm']);
	}, 150_000);
});
