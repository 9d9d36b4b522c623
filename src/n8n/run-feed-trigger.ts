import type { IDataObject, INodeExecutionData, ITriggerFunctions, ITriggerResponse } from 'n8n-workflow';
import type { IncomingMessage } from '../app/ports/message-bus';
import { feedName } from './feed-name';
import { loadRuntime } from './load-runtime';
import type { Transport } from './runtime';
import { ruleOutputs } from './rule-outputs';
import { subscribeTrigger, type TriggerSource } from './subscribe-trigger';

interface FeedOptions {
	readonly batchSize?: number;
	readonly group?: string;
	readonly futureToleranceSeconds?: number;
	readonly workflowTimeoutSeconds?: number;
}

export async function runFeedTrigger(context: ITriggerFunctions): Promise<ITriggerResponse> {
	const feed = feedName(context.getNodeParameter('feed'));
	const mode = context.getNodeParameter('mode') as 'evaluate' | 'messages';
	const options = context.getNodeParameter('options', {}) as FeedOptions;
	const runtime = await loadRuntime();
	return await subscribeTrigger(context, {
		feed,
		group: options.group ?? 'fleet',
		batchSize: options.batchSize ?? 500,
		from: 'start',
		openBus: async () => await runtime.openBus(context, context.getNodeParameter('transport') as Transport),
		onBatch:
			mode === 'evaluate'
				? await evaluateInPlace(context, feed, options)
				: emitMessages((options.workflowTimeoutSeconds ?? 300) * 1000),
	});
}

async function evaluateInPlace(
	context: ITriggerFunctions,
	feed: string,
	{ futureToleranceSeconds = 300 }: FeedOptions,
): Promise<TriggerSource['onBatch']> {
	const runtime = await loadRuntime();
	const fleet = await runtime.openFleet(context);
	const processor = runtime.feedProcessor(fleet, { feed, maxFutureMs: futureToleranceSeconds * 1000 });
	return async ({ messages }, emitter) => {
		const outputs = ruleOutputs(await processor.process(messages));
		// The actions are committed with the batch: an emit that a crash swallows is made up for by the pending ones.
		if (outputs.some((items) => items.length > 0)) emitter.emit(outputs);
	};
}

function emitMessages(timeoutMs: number): TriggerSource['onBatch'] {
	return async ({ messages }, emitter) => {
		await emitter.emitAndSucceed([messages.map(messageItem)], timeoutMs);
	};
}

/** The message as an object where it is one, so that the editor shows its fields; else its text. */
function messageItem({ transportId, payload }: IncomingMessage): INodeExecutionData {
	try {
		const message = JSON.parse(payload) as IDataObject;
		if (typeof message === 'object' && message !== null) return { json: { transportId, message } };
	} catch {
		// Not JSON: Fleet Rules rejects it with its reason, and keeps the text.
	}
	return { json: { transportId, payload } };
}
