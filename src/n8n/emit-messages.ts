import type { IDataObject, INodeExecutionData, ITriggerFunctions, ITriggerResponse } from 'n8n-workflow';
import { describeLoss } from '../app/feed/describe-loss';
import type { FeedRunOptions } from '../app/feed/feed-run';
import { poisonFilter, type PoisonMessage } from '../app/feed/isolate-poison';
import { payloadText } from '../app/feed/payload-text';
import { quarantinedPoison } from '../app/feed/quarantine-poison';
import type { IncomingMessage } from '../app/ports/message-bus';
import { loadRuntime } from './load-runtime';
import type { Transport } from './runtime';
import { subscribeTrigger, type TriggerEmitter, type TriggerSource } from './subscribe-trigger';

/** An execution costs some 50 ms, and may start an error workflow: where all of them fail, few are enough to see it. */
const MOST_FAILURES = 20;

interface EmitOptions extends Pick<FeedRunOptions, 'feed' | 'group' | 'batchSize' | 'lingerMs'> {
	/** How often a batch may fail before the messages that are to blame are sought. */
	readonly maxTries: number;
	/** How long to wait for an execution. */
	readonly timeoutMs: number;
}

/** Starts the workflow with each batch, on n8n's own thread, where the workflow runs. */
export async function emitMessages(
	context: ITriggerFunctions,
	transport: Transport,
	{ feed, group, batchSize, lingerMs, maxTries, timeoutMs }: EmitOptions,
): Promise<ITriggerResponse> {
	const runtime = await loadRuntime();
	const log = async (message: string) => {
		await runtime.records.createLog(await runtime.openFleet(context), { level: 'error', message });
	};
	const quarantine = async (poison: readonly PoisonMessage[]) => {
		const { store, clock } = await runtime.openFleet(context);
		const messages = poison.map((message) => quarantinedPoison({ feed }, message, clock()));
		await store.write(async (session) => await session.quarantine.add(messages));
		await log(describePoison(feed, messages.length));
	};
	const batchTaker = (emitter: TriggerEmitter) =>
		poisonFilter({
			...{ maxTries, mostFailures: MOST_FAILURES, clock: Date.now, quarantine },
			async process(messages) {
				await emitter.emitAndSucceed([messages.map(messageItem)], timeoutMs);
				return messages.length;
			},
		});
	let takeBatch: ReturnType<typeof batchTaker> | undefined;

	return await subscribeTrigger(context, {
		...{ feed, group, batchSize, lingerMs, from: 'start' },
		openBus: async () => await runtime.openBus(context, transport),
		async onBatch({ messages }, emitter) {
			takeBatch ??= batchTaker(emitter);
			await takeBatch(messages);
		},
		onLoss: async (loss) => await log(describeLoss(feed, loss)),
	} satisfies TriggerSource);
}

const describePoison = (feed: string, count: number): string =>
	`${count} message${count === 1 ? '' : 's'} of the feed '${feed}' made the workflow fail and ${count === 1 ? 'was' : 'were'} set aside; find the reason under Fleet → Rejected Message`;

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
