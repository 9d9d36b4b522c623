import type { IDataObject, INodeExecutionData, ITriggerFunctions, ITriggerResponse } from 'n8n-workflow';
import { describeLoss } from '../app/feed/describe-loss';
import type { FeedRunOptions } from '../app/feed/feed-run';
import { payloadText } from '../app/feed/payload-text';
import type { IncomingMessage } from '../app/ports/message-bus';
import { evaluateFeed } from './evaluate-feed';
import { feedName } from './feed-name';
import { loadRuntime } from './load-runtime';
import { messageFormat, type MessageIdOptions } from './message-format';
import type { Transport } from './runtime';
import { subscribeTrigger, type TriggerSource } from './subscribe-trigger';

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
		: await emitMessages(context, transport, run, (options.workflowTimeoutSeconds ?? 300) * 1000);
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
): FeedRunOptions {
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

/** On n8n's own thread, where the workflow runs. */
async function emitMessages(
	context: ITriggerFunctions,
	transport: Transport,
	{ feed, group, batchSize, lingerMs }: FeedRunOptions,
	timeoutMs: number,
): Promise<ITriggerResponse> {
	const runtime = await loadRuntime();
	return await subscribeTrigger(context, {
		...{ feed, group, batchSize, lingerMs, from: 'start' },
		openBus: async () => await runtime.openBus(context, transport),
		async onBatch({ messages }, emitter) {
			await emitter.emitAndSucceed([messages.map(messageItem)], timeoutMs);
		},
		async onLoss(loss) {
			const fleet = await runtime.openFleet(context);
			await runtime.records.createLog(fleet, { level: 'error', message: describeLoss(feed, loss) });
		},
	} satisfies TriggerSource);
}

/** The message as an object where it is one, so that the editor shows its fields; else its text. */
function messageItem({ transportId, topic, payload: raw }: IncomingMessage): INodeExecutionData {
	const payload = payloadText(raw);
	const delivery = { transportId, ...(topic === undefined ? {} : { topic }) };
	try {
		const message = JSON.parse(payload) as IDataObject;
		if (typeof message === 'object' && message !== null) return { json: { ...delivery, message } };
	} catch {
		// Not JSON: Fleet Rules rejects it with its reason, and keeps the text.
	}
	return { json: { ...delivery, payload } };
}
