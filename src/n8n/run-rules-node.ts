import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { FeedMessage } from '../app/feed/read-messages';
import { RULE_OUTPUTS } from './descriptions/rule-outputs';
import { feedName } from './feed-name';
import { loadRuntime } from './load-runtime';
import { messageFormat, type MessageIdOptions } from './message-format';
import { ruleOutputs } from './rule-outputs';
import { runPerBatch } from './run-per-item';

interface RulesOptions extends MessageIdOptions {
	readonly futureToleranceSeconds?: number;
	readonly allowedDelaySeconds?: number;
}

export async function runRulesNode(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	return await runPerBatch(context, RULE_OUTPUTS.length, async () => {
		const ringsOnly = context.getNodeParameter('operation', 0) === 'ring';
		const {
			futureToleranceSeconds = 300,
			allowedDelaySeconds = 0,
			...ids
		} = context.getNodeParameter('options', 0, {}) as RulesOptions;
		const runtime = await loadRuntime();
		const processor = runtime.feedProcessor(await runtime.openFleet(context, 0), {
			// Timers belong to no feed.
			feed: ringsOnly ? 'timers' : feedName(context.getNodeParameter('feed', 0)),
			maxFutureMs: futureToleranceSeconds * 1000,
			allowedDelayMs: allowedDelaySeconds * 1000,
			...(ringsOnly ? {} : { format: formatOf(context, ids) }),
		});
		const items = context.getInputData();
		const outputs = ruleOutputs(
			ringsOnly ? await processor.ring() : await processor.process(items.map(feedMessage)),
		);
		// What fires may be owed to several messages of the batch together: each output item stems from all of them.
		const pairedItem = items.map((_, item) => ({ item }));
		return outputs.map((output) => output.map((item) => ({ ...item, pairedItem })));
	});
}

const formatOf = (context: IExecuteFunctions, ids: MessageIdOptions) =>
	messageFormat((name, fallback) => context.getNodeParameter(name, 0, fallback), ids);

/** An item as the Fleet Feed Trigger emits it, or any item whose JSON is the message itself. */
function feedMessage({ json }: INodeExecutionData): FeedMessage {
	const { transportId, topic, message, payload } = json as {
		transportId?: unknown;
		topic?: unknown;
		message?: IDataObject;
		payload?: string;
	};
	return {
		...(typeof transportId === 'string' ? { transportId } : {}),
		...(typeof topic === 'string' ? { topic } : {}),
		payload: typeof payload === 'string' ? payload : JSON.stringify(isObject(message) ? message : json),
	};
}

function isObject(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null;
}
