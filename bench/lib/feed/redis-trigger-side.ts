import { setTimeout as sleep } from 'node:timers/promises';
import Redis from 'ioredis';
import { startWorkflow } from '../../../test/e2e/tools/workflows';
import type { BenchSide } from '../measure';
import { addCredential, type BenchN8n } from '../n8n';
import { messageSource } from './workload';

const CHANNEL = 'bench.redis-trigger';
const MESSAGES = 150;

interface Ended {
	readonly count: number;
	readonly results: readonly { readonly stoppedAt: string }[];
}

/** What n8n has for it: Redis Trigger -> IF -> NoOp, an execution a message, with n8n's default settings. */
export async function redisTriggerSide(
	n8n: BenchN8n,
	redis: { readonly host: string; readonly port: number },
): Promise<BenchSide & { stop(): Promise<void> }> {
	const credential = {
		id: await addCredential(n8n, 'redis', { ...redis, password: '', database: 0 }),
		name: 'redis',
	};
	const workflowId = await startWorkflow(n8n, {
		name: 'Redis Trigger',
		steps: [
			{
				name: 'Redis Trigger',
				type: 'n8n-nodes-base.redisTrigger',
				parameters: { channels: CHANNEL, options: { jsonParseBody: true } },
				credentials: { redis: credential },
			},
			{ name: 'If', type: 'n8n-nodes-base.if', typeVersion: 2.2, parameters: { conditions: LOW_FUEL } },
			{ name: 'NoOp', type: 'n8n-nodes-base.noOp', parameters: {} },
		],
	});
	const client = new Redis(redis.port, redis.host);
	const source = messageSource('redis-trigger');
	while ((await client.publish(CHANNEL, '{}')) === 0) await sleep(100);
	let done = 1;
	const ended = async (): Promise<Ended> => {
		const filter = encodeURIComponent(JSON.stringify({ workflowId, status: ['success', 'error'] }));
		return await n8n.call<Ended>('GET', `/executions?filter=${filter}&limit=100`);
	};
	return {
		what: "n8n's Redis Trigger -> IF -> NoOp",
		clock: 'wall',
		run: async () => {
			const startedAt = Date.now();
			for (const { payload } of source.next(MESSAGES)) await client.publish(CHANNEL, payload);
			done += MESSAGES;
			for (;;) {
				const { count, results } = await ended();
				const lastAt = Math.max(...results.map(({ stoppedAt }) => Date.parse(stoppedAt)));
				if (count >= done) return { units: MESSAGES, spentMs: lastAt - startedAt };
				await sleep(250);
			}
		},
		stop: async () => {
			client.disconnect();
			await n8n.call('POST', `/workflows/${workflowId}/deactivate`, {});
		},
	};
}

const LOW_FUEL = {
	options: { caseSensitive: true, leftValue: '', typeValidation: 'loose', version: 2 },
	combinator: 'and',
	conditions: [
		{
			id: 'low-fuel',
			leftValue: '={{ $json.message.attributes.fuelLevel }}',
			rightValue: 101,
			operator: { type: 'number', operation: 'lt' },
		},
	],
};
