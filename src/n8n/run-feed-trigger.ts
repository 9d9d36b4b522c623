import type { IDataObject, INodeExecutionData, ITriggerFunctions, ITriggerResponse } from 'n8n-workflow';
import type { BatchResult } from '../app/feed/process-batch';
import { payloadText } from '../app/feed/payload-text';
import type { IncomingMessage } from '../app/ports/message-bus';
import { feedName } from './feed-name';
import { loadRuntime } from './load-runtime';
import type { Transport } from './runtime';
import { ruleOutputs } from './rule-outputs';
import { timerBell } from '../app/feed/ring-timers';
import { failureTeller, subscribeTrigger, type TriggerSource } from './subscribe-trigger';

interface FeedOptions {
	readonly batchSize?: number;
	readonly group?: string;
	readonly futureToleranceSeconds?: number;
	readonly allowedDelaySeconds?: number;
	readonly workflowTimeoutSeconds?: number;
}

export async function runFeedTrigger(context: ITriggerFunctions): Promise<ITriggerResponse> {
	const options = context.getNodeParameter('options', {}) as FeedOptions;
	return context.getNodeParameter('mode') === 'evaluate'
		? await evaluateInPlace(context, options)
		: await subscribe(context, options, emitMessages((options.workflowTimeoutSeconds ?? 300) * 1000));
}

const batchSizeOf = ({ batchSize = 500 }: FeedOptions): number => batchSize;

async function subscribe(
	context: ITriggerFunctions,
	options: FeedOptions,
	onBatch: TriggerSource['onBatch'],
): Promise<ITriggerResponse> {
	const runtime = await loadRuntime();
	return await subscribeTrigger(context, {
		feed: feedName(context.getNodeParameter('feed')),
		group: options.group ?? 'fleet',
		batchSize: batchSizeOf(options),
		from: 'start',
		openBus: async () => await runtime.openBus(context, context.getNodeParameter('transport') as Transport),
		onBatch,
	});
}

/** Evaluates the rules here, by the messages and by the clock; the timers ring for as long as messages are read. */
async function evaluateInPlace(context: ITriggerFunctions, options: FeedOptions): Promise<ITriggerResponse> {
	const { futureToleranceSeconds = 300, allowedDelaySeconds = 0 } = options;
	const runtime = await loadRuntime();
	const processor = runtime.feedProcessor(await runtime.openFleet(context), {
		feed: feedName(context.getNodeParameter('feed')),
		maxFutureMs: futureToleranceSeconds * 1000,
		allowedDelayMs: allowedDelaySeconds * 1000,
	});
	// What is done is committed before it is emitted: an emit that a crash swallows is made up for by pending actions.
	const emit = (result: BatchResult) => {
		const outputs = ruleOutputs(result);
		if (outputs.some((items) => items.length > 0)) context.emit(outputs);
	};
	const bell = timerBell(
		async () => emit(await processor.ring()),
		failureTeller(context, 'What is due by the clock could not be done and will be tried again'),
	);
	const { closeFunction, manualTriggerFunction } = await subscribe(context, options, async ({ messages }) => {
		const isFull = messages.length >= batchSizeOf(options);
		await bell.takeBatch(isFull, async () => emit(await processor.process(messages)));
	});
	const close = async () => {
		await Promise.all([bell.stop(), closeFunction?.()]);
	};
	if (manualTriggerFunction === undefined) {
		bell.start();
		return { closeFunction: close };
	}
	return {
		closeFunction: close,
		manualTriggerFunction: async () => {
			await manualTriggerFunction();
			bell.start();
		},
	};
}

function emitMessages(timeoutMs: number): TriggerSource['onBatch'] {
	return async ({ messages }, emitter) => {
		await emitter.emitAndSucceed([messages.map(messageItem)], timeoutMs);
	};
}

/** The message as an object where it is one, so that the editor shows its fields; else its text. */
function messageItem({ transportId, payload: raw }: IncomingMessage): INodeExecutionData {
	const payload = payloadText(raw);
	try {
		const message = JSON.parse(payload) as IDataObject;
		if (typeof message === 'object' && message !== null) return { json: { transportId, message } };
	} catch {
		// Not JSON: Fleet Rules rejects it with its reason, and keeps the text.
	}
	return { json: { transportId, payload } };
}
