import {
	NodeOperationError,
	type INodeExecutionData,
	type IRun,
	type ITriggerFunctions,
	type ITriggerResponse,
} from 'n8n-workflow';
import type { MessageBatch, MessageBus, Subscription } from '../app/ports/message-bus';
import { toNodeError } from './node-error';

/** Below the 30 s that n8n gives its triggers at shutdown. */
const DRAIN_MS = 20_000;

export interface TriggerSource {
	readonly feed: string;
	readonly group: string;
	readonly batchSize: number;
	readonly from: 'start' | 'now';
	openBus(): Promise<MessageBus>;
	/** Resolves when the batch's effects are safe; the batch is acknowledged then, and delivered again after a throw. */
	onBatch(batch: MessageBatch, emitter: TriggerEmitter): Promise<void>;
}

export interface TriggerEmitter {
	/** Starts the workflow and goes on; nothing is done about its end. */
	emit(outputs: INodeExecutionData[][]): void;
	/** Starts the workflow and resolves when it succeeded; rejects when it failed, timed out, or the trigger closes. */
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

	const tellFailure = failureTeller(
		context,
		`Messages of feed '${source.feed}' could not be taken and will be delivered again`,
	);
	const start = async () => {
		bus = await source.openBus();
		subscription = await bus.subscribe(
			source.feed,
			{
				group: isManual ? `${source.group}-test` : source.group,
				batchSize: source.batchSize,
				from: isManual ? 'now' : source.from,
				onState: ({ up, reason }) =>
					up ? sayUp(context, source.feed) : sayDown(context, source.feed, reason),
			},
			async (batch) => {
				try {
					await source.onBatch(batch, emitter);
				} catch (error) {
					tellFailure(error);
					throw error;
				}
				tellFailure(null);
				await batch.ack();
			},
		);
	};

	const closeFunction = async () => {
		await subscription?.close(DRAIN_MS);
		closing.abort();
		await bus?.close();
	};

	try {
		if (!isManual) await start();
	} catch (error) {
		throw toNodeError(context.getNode(), error);
	}
	return isManual ? { closeFunction, manualTriggerFunction: start } : { closeFunction };
}

function sayUp(context: ITriggerFunctions, feed: string): void {
	context.logger.info(`Feed '${feed}' is connected`, { node: context.getNode().name });
}

function sayDown(context: ITriggerFunctions, feed: string, reason: string | null): void {
	const error = new NodeOperationError(
		context.getNode(),
		`Feed '${feed}' is down: ${reason ?? 'no reason given'}`,
		{
			description:
				'The trigger goes on trying by itself and reads on from where it stopped; nothing needs restarting.',
			level: 'warning',
		},
	);
	context.logger.warn(error.message, { node: context.getNode().name });
	if (context.getMode() === 'manual') context.emitError(error);
	else context.saveFailedExecution(error);
}

/** Tells the first failure of a row of failures, since what is tried again fails until its cause is mended; null: it worked. */
export function failureTeller(context: ITriggerFunctions, what: string): (error: unknown) => void {
	let isFailing = false;
	return (error) => {
		const isNew = error !== null && !isFailing;
		isFailing = error !== null;
		// A workflow that failed is shown as its own execution.
		if (!isNew || error instanceof WorkflowNotDoneError) return;
		const told = toNodeError(context.getNode(), error);
		told.message = `${what}: ${told.message}`;
		context.logger.warn(told.message, { node: context.getNode().name });
		context.saveFailedExecution(told);
	};
}

class WorkflowNotDoneError extends Error {}

function triggerEmitter(context: ITriggerFunctions, isManual: boolean, closing: AbortSignal): TriggerEmitter {
	return {
		emit: (outputs) => context.emit(outputs),
		async emitAndSucceed(outputs, timeoutMs) {
			// A test run in the editor closes the trigger right after its first emit: there is no end to wait for.
			if (isManual) return context.emit(outputs);
			const done = context.helpers.createDeferredPromise<IRun>();
			context.emit(outputs, undefined, done);
			const { status } = await firstOf(done.promise, timeoutMs, closing);
			if (status !== 'success') throw new WorkflowNotDoneError(`The workflow ended as '${status}'`);
		},
	};
}

/** n8n's promise never settles in some cases (a timeout in queue mode, a dead worker): never wait for it alone. */
async function firstOf(run: Promise<IRun>, timeoutMs: number, closing: AbortSignal): Promise<IRun> {
	let giveUp: () => void = () => undefined;
	const gaveUp = new Promise<never>((_, reject) => {
		const timer = setTimeout(
			() => reject(new WorkflowNotDoneError(`The workflow did not end within ${timeoutMs} ms`)),
			timeoutMs,
		);
		const onClose = () =>
			reject(new WorkflowNotDoneError('The trigger was closed before the workflow ended'));
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
