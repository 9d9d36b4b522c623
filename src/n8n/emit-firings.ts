import type { INodeExecutionData, IRun, ITriggerFunctions } from 'n8n-workflow';
import type { BatchResult } from '../app/feed/process-batch';
import { ruleOutputs } from './rule-outputs';

/** n8n takes some 12 MB and 40 ms of CPU for each execution, and starts as many as it is asked to. */
const MOST_RUNNING = 10;
/** While so many run, what fires is gathered for the next: one execution with ten items costs little more than with one. */
const FEW_RUNNING = 2;
/** A workflow whose executions take longer than this has more of them side by side. */
const LONGEST_GATHERED_MS = 250;
/** A workflow that takes longer than this is not waited for: it must not keep later firings from starting. */
const COUNTS_AS_RUNNING_MS = 3000;
/** Above this many gathered items the feed waits. */
const MOST_GATHERED = 5000;

/**
 * Starts the workflow with what fired, cleared or was rejected: at once while few executions run; else it is gathered
 * until one ends or a quarter of a second is over, and the promise holds the feed up when too much is gathered. All of it is committed already: what a
 * crash swallows is made up for by pending actions.
 */
export function firingEmitter(context: ITriggerFunctions): (result: BatchResult) => Promise<void> {
	const isManual = context.getMode() === 'manual';
	let gathered: INodeExecutionData[][] = [[], [], []];
	let gatheredSince: number | null = null;
	let running = 0;
	let waiting: (() => void)[] = [];

	const count = () => gathered.reduce((sum, items) => sum + items.length, 0);
	const mayStart = () => {
		if (count() === 0) return false;
		gatheredSince ??= Date.now();
		return running < (Date.now() - gatheredSince < LONGEST_GATHERED_MS ? FEW_RUNNING : MOST_RUNNING);
	};
	const start = () => {
		if (!mayStart()) return;
		const outputs = gathered;
		gathered = [[], [], []];
		gatheredSince = null;
		// A test run in the editor closes the trigger right after its first emit: there is no end to wait for.
		if (isManual) return context.emit(outputs);
		running++;
		const done = context.helpers.createDeferredPromise<IRun>();
		context.emit(outputs, undefined, done);
		void settled(done.promise).then(() => {
			running--;
			start();
			const released = waiting;
			waiting = [];
			for (const release of released) release();
		});
	};

	return async (result) => {
		ruleOutputs(result).forEach((items, output) => {
			for (const item of items) gathered[output]?.push(item);
		});
		const wasGathering = gatheredSince !== null;
		start();
		// A timer may go off a millisecond early.
		if (!wasGathering && gatheredSince !== null) setTimeout(start, LONGEST_GATHERED_MS + 1).unref();
		while (count() > MOST_GATHERED) await new Promise<void>((release) => waiting.push(release));
	};
}

/** n8n's promise never settles in some cases: never wait for it alone. */
async function settled(run: Promise<unknown>): Promise<void> {
	let timer: NodeJS.Timeout | undefined;
	const longEnough = new Promise<void>((resolve) => {
		timer = setTimeout(resolve, COUNTS_AS_RUNNING_MS).unref();
	});
	await Promise.race([run.catch(() => undefined), longEnough]);
	clearTimeout(timer);
}
