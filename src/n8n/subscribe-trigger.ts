import type { INodeExecutionData, IRun, ITriggerFunctions, ITriggerResponse } from 'n8n-workflow';
import { BusUnavailableError } from '../app/errors';
import type { FeedListener } from '../app/feed/feed-run';
import { lossGatherer } from '../app/feed/gather-losses';
import type { MessageBatch, MessageBus, SubscribeOptions, Subscription } from '../app/ports/message-bus';
import { toNodeError } from './node-error';
import { feedTeller } from './tell-feed';

/** Below the 30 s that n8n gives its triggers at shutdown. */
const DRAIN_MS = 20_000;

export interface TriggerSource extends Pick<SubscribeOptions, 'group' | 'batchSize' | 'from' | 'lingerMs'> {
	readonly feed: string;
	openBus(): Promise<MessageBus>;
	/** Resolves when the batch's effects are safe; the batch is acknowledged then, and delivered again after a throw. */
	onBatch(batch: MessageBatch, emitter: TriggerEmitter): Promise<void>;
	/** Besides telling it in the workflow; may fail. */
	onLoss?(loss: Parameters<FeedListener['onLoss']>[0]): Promise<void>;
}

export interface TriggerEmitter {
	/** Starts the workflow and goes on; nothing is done about its end. */
	emit(outputs: INodeExecutionData[][]): void;
	/**
	 * Starts the workflow and resolves when it succeeded; rejects when it failed or timed out, and with a
	 * `BusUnavailableError` when the trigger closes.
	 */
	emitAndSucceed(outputs: INodeExecutionData[][], timeoutMs: number): Promise<void>;
}

/**
 * Makes a bus subscription of a trigger node. A transport that is away does not fail the activation: the node says
 * so as one failed execution per outage, which the error workflow sees too, and reads on when it is back.
 */
export async function subscribeTrigger(
	context: ITriggerFunctions,
	source: TriggerSource,
): Promise<ITriggerResponse> {
	const isManual = context.getMode() === 'manual';
	const closing = new AbortController();
	const emitter = triggerEmitter(context, isManual, closing.signal);
	let bus: MessageBus | undefined;
	let subscription: Subscription | undefined;

	const teller = feedTeller(context, source.feed);
	const losses = lossGatherer((loss) => {
		teller.onLoss(loss);
		void source.onLoss?.(loss).catch(() => undefined);
	});
	let isFailing = false;
	const failed = (error: unknown) => {
		// Only the first of a row; and a workflow that failed is shown as its own execution.
		const isTold = isFailing || closing.signal.aborted || error instanceof WorkflowNotDoneError;
		isFailing = true;
		if (!isTold) teller.onFailure('messages', error instanceof Error ? error : new Error(String(error)));
	};
	const start = async () => {
		bus = await source.openBus();
		subscription = await bus.subscribe(
			source.feed,
			{
				group: isManual ? `${source.group}-test` : source.group,
				batchSize: source.batchSize,
				from: isManual ? 'now' : source.from,
				...(source.lingerMs === undefined ? {} : { lingerMs: source.lingerMs }),
				onState: teller.onState,
				onLoss: losses.add,
			},
			async (batch) => {
				try {
					await source.onBatch(batch, emitter);
				} catch (error) {
					failed(error);
					throw error;
				}
				isFailing = false;
				await batch.ack();
			},
		);
	};

	const closeFunction = async () => {
		await subscription?.close(DRAIN_MS);
		closing.abort();
		losses.flush();
		await bus?.close();
	};

	try {
		if (!isManual) await start();
	} catch (error) {
		throw toNodeError(context.getNode(), error);
	}
	return isManual ? { closeFunction, manualTriggerFunction: start } : { closeFunction };
}

class WorkflowNotDoneError extends Error {}

function triggerEmitter(context: ITriggerFunctions, isManual: boolean, closing: AbortSignal): TriggerEmitter {
	return {
		emit: (outputs) => context.emit(outputs),
		async emitAndSucceed(outputs, timeoutMs) {
			// A test run in the editor closes the trigger right after its first emit: there is no end to wait for.
			if (isManual) return context.emit(outputs);
			if (closing.aborted) throw closedError();
			const done = context.helpers.createDeferredPromise<IRun>();
			context.emit(outputs, undefined, done);
			const run = await firstOf(done.promise, timeoutMs, closing);
			if (run.status !== 'success') throw new WorkflowNotDoneError(describeEnd(run));
		},
	};
}

function describeEnd({ status, data }: IRun): string {
	const { error, lastNodeExecuted } = data.resultData;
	const where = lastNodeExecuted === undefined ? '' : ` in the node '${lastNodeExecuted}'`;
	return `The workflow ended as '${status}'${where}${error === undefined ? '' : `: ${error.message}`}`;
}

const closedError = () =>
	new BusUnavailableError(
		'The trigger was closed before the workflow ended',
		'Nothing to do: the batch is delivered again to the next trigger of the group.',
	);

/** n8n's promise never settles in some cases (a timeout in queue mode, a dead worker): never wait for it alone. */
async function firstOf(run: Promise<IRun>, timeoutMs: number, closing: AbortSignal): Promise<IRun> {
	let giveUp: () => void = () => undefined;
	const gaveUp = new Promise<never>((_, reject) => {
		const timer = setTimeout(
			() => reject(new WorkflowNotDoneError(`The workflow did not end within ${timeoutMs} ms`)),
			timeoutMs,
		);
		const onClose = () => reject(closedError());
		closing.addEventListener('abort', onClose, { once: true });
		giveUp = () => {
			clearTimeout(timer);
			closing.removeEventListener('abort', onClose);
		};
	});
	try {
		return await Promise.race([run, gaveUp]);
	} finally {
		giveUp();
	}
}
