import { fork } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { openStore } from '../../../src/adapters/store/open-store';
import { feedProcessor } from '../../../src/app/feed/process-batch';
import { type ExecutionData, readExecution } from '../../../test/e2e/tools/executions';
import { startWorkflow } from '../../../test/e2e/tools/workflows';
import { addCredential, type BenchN8n } from '../n8n';
import { addFleet, addProbeRule, messageSource, publishedAtOf, VEHICLES } from './workload';

const FEED = 'bench.latency';
const OFFERED_A_SECOND = 5000;
const SECONDS = 40;
/** The feed's first seconds, in which everything is loaded and compiled. */
const WARM_UP_MS = 8000;

export interface Latencies {
	readonly publish_to_action_p50_ms: number;
	readonly publish_to_action_p99_ms: number;
	readonly publish_to_workflow_p50_ms: number;
	readonly publish_to_workflow_p99_ms: number;
	readonly event_loop_p99_ms: number;
	readonly offered_msgs_s: number;
}

/**
 * A fleet that sends 5,000 messages a second to a Redis stream, ten of which make a rule fire, read by a Fleet Feed
 * Trigger in a real n8n on its embedded store: until the task can be read in the store, and until the node behind the
 * trigger has run.
 */
export async function measureLatencies(
	n8n: BenchN8n,
	redis: { readonly host: string; readonly port: number },
	storePath: string,
): Promise<Latencies> {
	await fillStore(storePath);
	const credential = {
		id: await addCredential(n8n, 'fleetRedisApi', { ...redis, database: 0 }),
		name: 'fleetRedisApi',
	};
	const workflowId = await startWorkflow(n8n, {
		name: 'Feed',
		steps: [
			{
				name: 'Feed',
				type: 'n8n-nodes-fleet.fleetFeedTrigger',
				parameters: { transport: 'redisStreams', feed: FEED, mode: 'evaluate', options: {} },
				credentials: { fleetRedisApi: credential },
			},
			{ name: 'NoOp', type: 'n8n-nodes-base.noOp', parameters: {} },
		],
	});
	const watched = watchTasks(storePath);
	const args = [redis.host, redis.port, FEED, OFFERED_A_SECOND, SECONDS].map(String);
	const publisher = fork(join(dirname(process.argv[1] ?? ''), 'publish-at-rate.cjs'), args);
	await sleep(WARM_UP_MS);
	const measuredFrom = Date.now();
	await n8n.eventLoop();
	const [{ sent, probes, seconds }] = (await once(publisher, 'message')) as [
		{ sent: number; probes: number; seconds: number },
	];
	const { p99 } = await n8n.eventLoop();
	const actions = await watched.end(probes);
	const workflows = await runsBehindTheTrigger(n8n, workflowId, probes);
	await n8n.call('POST', `/workflows/${workflowId}/deactivate`, {});
	const delaysOf = (seen: ReadonlyMap<string, number>) =>
		[...seen]
			.map(([messageId, at]) => [publishedAtOf(messageId), at] as const)
			.filter(([publishedAt]) => publishedAt >= measuredFrom)
			.map(([publishedAt, at]) => at - publishedAt)
			.sort((a, b) => a - b);
	const [toAction, toWorkflow] = [delaysOf(actions), delaysOf(workflows)];
	return {
		publish_to_action_p50_ms: percentile(toAction, 0.5),
		publish_to_action_p99_ms: percentile(toAction, 0.99),
		publish_to_workflow_p50_ms: percentile(toWorkflow, 0.5),
		publish_to_workflow_p99_ms: percentile(toWorkflow, 0.99),
		event_loop_p99_ms: p99,
		offered_msgs_s: sent / seconds,
	};
}

const percentile = (sorted: readonly number[], share: number): number =>
	sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;

/** The fleet, its rules, and a first report of every vehicle, with all that it makes fire. */
async function fillStore(path: string): Promise<void> {
	const store = await openStore({ kind: 'sqlite', path });
	await addFleet(store);
	await addProbeRule(store);
	const processor = feedProcessor({ store, clock: Date.now }, { feed: FEED });
	const source = messageSource('first', { firing: 'none' });
	for (let done = 0; done < VEHICLES; done += 1000) await processor.process(source.next(1000));
	await store.close();
}

/** When each probe's task could first be read by another connection, by the probe's message id. */
function watchTasks(path: string) {
	const database = new DatabaseSync(path, { readOnly: true });
	const statement = database.prepare(
		'SELECT task.id, firing."messageId" FROM task JOIN firing ON firing.id = task."firingId" WHERE task.id > ?',
	);
	const seen = new Map<string, number>();
	let last = 0;
	const look = () => {
		for (const row of statement.all(last)) {
			last = Number(row.id);
			seen.set(String(row.messageId), Date.now());
		}
	};
	const timer = setInterval(look, 1);
	return {
		async end(expected: number): Promise<ReadonlyMap<string, number>> {
			for (let waited = 0; seen.size < expected; waited += 100) {
				if (waited > 30_000) throw new Error(`${seen.size} of ${expected} probes have a task`);
				await sleep(100);
			}
			clearInterval(timer);
			database.close();
			return seen;
		},
	};
}

interface Listed {
	readonly results: readonly { readonly id: string }[];
}

/** When the node behind the trigger had run, by the message id of the firing that it was given. */
async function runsBehindTheTrigger(
	{ call }: BenchN8n,
	workflowId: string,
	expected: number,
): Promise<ReadonlyMap<string, number>> {
	const seen = new Map<string, number>();
	const read = new Set<string>();
	const filter = encodeURIComponent(JSON.stringify({ workflowId, status: ['success'] }));
	const page = async (before: string): Promise<void> => {
		const { results } = await call<Listed>('GET', `/executions?filter=${filter}&limit=100${before}`);
		const unread = results.filter(({ id }) => !read.has(id));
		for (const { id } of unread) {
			const { resultData } = await readExecution(call, id);
			for (const [messageId, at] of firingsIn(resultData.runData.NoOp ?? [])) seen.set(messageId, at);
			read.add(id);
		}
		if (unread.length > 0) await page(`&lastId=${results.at(-1)?.id}`);
	};
	for (const deadline = Date.now() + 120_000; seen.size < expected; await sleep(1000)) {
		if (Date.now() > deadline) throw new Error(`${seen.size} of ${expected} probes reached the workflow`);
		await page('');
	}
	return seen;
}

type NodeRun = ExecutionData['resultData']['runData'][string][number];

function firingsIn(runs: readonly NodeRun[]): [messageId: string, ranAt: number][] {
	return runs.flatMap((run) => {
		const { startTime, executionTime, data } = run as NodeRun & { startTime: number; executionTime: number };
		return (data?.main[0] ?? []).map(({ json }) => {
			const { messageId } = json.firing as { messageId: string };
			return [messageId, startTime + executionTime] as [string, number];
		});
	});
}
