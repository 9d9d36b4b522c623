import type { ITriggerFunctions, ITriggerResponse } from 'n8n-workflow';
import type { FeedRun, FeedRunOptions } from '../app/feed/feed-run';
import { firingEmitter } from './emit-firings';
import { loadRuntime } from './load-runtime';
import { toNodeError } from './node-error';
import type { Transport } from './runtime';
import { feedTeller } from './tell-feed';

/** Below the 30 s that n8n gives its triggers at shutdown. */
const DRAIN_MS = 20_000;

/** Evaluates the rules in a thread, so that n8n's own sees only what starts the workflow. */
export async function evaluateFeed(
	context: ITriggerFunctions,
	transport: Transport,
	options: FeedRunOptions,
): Promise<ITriggerResponse> {
	const isManual = context.getMode() === 'manual';
	const run: FeedRunOptions = isManual
		? { ...options, group: `${options.group}-test`, from: 'now' }
		: options;
	const listener = { ...feedTeller(context, options.feed), onResult: firingEmitter(context) };
	let starting: Promise<FeedRun> | undefined;

	const start = async () => {
		const runtime = await loadRuntime();
		starting = runtime.startFeed(context, transport, run, listener);
		await starting;
	};
	const closeFunction = async () => {
		const running = await starting?.catch(() => undefined);
		await running?.stop(DRAIN_MS);
	};

	if (isManual) return { closeFunction, manualTriggerFunction: start };
	try {
		await start();
	} catch (error) {
		throw toNodeError(context.getNode(), error);
	}
	return { closeFunction };
}
