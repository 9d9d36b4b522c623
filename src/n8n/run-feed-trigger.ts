import type { ITriggerFunctions, ITriggerResponse } from 'n8n-workflow';
import type { FeedRunOptions } from '../app/feed/feed-run';
import { emitMessages } from './emit-messages';
import { evaluateFeed } from './evaluate-feed';
import { feedName } from './feed-name';
import { messageFormat, type MessageIdOptions } from './message-format';
import type { Transport } from './runtime';

interface FeedTriggerOptions extends MessageIdOptions {
	readonly batchSize?: number;
	readonly batchWaitMs?: number;
	readonly group?: string;
	readonly futureToleranceSeconds?: number;
	readonly allowedDelaySeconds?: number;
	readonly maxTries?: number;
	readonly workflowTimeoutSeconds?: number;
}

export async function runFeedTrigger(context: ITriggerFunctions): Promise<ITriggerResponse> {
	const options = context.getNodeParameter('options', {}) as FeedTriggerOptions;
	const transport = context.getNodeParameter('transport') as Transport;
	const run = runOptions(context, options);
	return context.getNodeParameter('mode') === 'evaluate'
		? await evaluateFeed(context, transport, run)
		: await emitMessages(context, transport, {
				...run,
				timeoutMs: (options.workflowTimeoutSeconds ?? 300) * 1000,
			});
}

function runOptions(
	context: ITriggerFunctions,
	{
		batchSize = 1000,
		batchWaitMs = 0,
		group = 'fleet',
		futureToleranceSeconds = 300,
		allowedDelaySeconds = 0,
		maxTries = 3,
		...ids
	}: FeedTriggerOptions,
): FeedRunOptions & { readonly maxTries: number } {
	return {
		feed: feedName(context.getNodeParameter('feed')),
		group,
		batchSize,
		lingerMs: batchWaitMs,
		maxFutureMs: futureToleranceSeconds * 1000,
		allowedDelayMs: allowedDelaySeconds * 1000,
		maxTries,
		format: messageFormat((name, fallback) => context.getNodeParameter(name, fallback), ids),
	};
}
