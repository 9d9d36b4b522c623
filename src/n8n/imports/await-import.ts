import { setTimeout as sleep } from 'node:timers/promises';
import type { IExecuteFunctions } from 'n8n-workflow';
import type { Fleet } from '../../app/fleet';
import type { Import, ImportState } from '../../domain/import';
import type { Runtime } from '../load-runtime';

export interface ImportDesk {
	readonly context: IExecuteFunctions;
	readonly itemIndex: number;
	readonly runtime: Runtime;
	readonly fleet: Fleet;
}

const POLL_MS = 500;
/** Who works on an import may die: then it is to be taken up here. */
const TRY_AGAIN_MS = 10_000;
/** Node's timers wait no longer. */
const LONGEST_MS = 2 ** 31 - 1;

const ENDED: ReadonlySet<ImportState> = new Set(['done', 'failed', 'canceled', 'undone']);

export const hasEnded = ({ state }: Pick<Import, 'state'>): boolean => ENDED.has(state);

/** Works on an import here, in threads; null when it is not its turn: others do, or it has ended. */
export async function workOn(
	{ context, itemIndex, runtime }: ImportDesk,
	{ id, state, blobKey }: Import,
): Promise<Import | null> {
	const task = state === 'undoing' ? 'undo' : 'run';
	return await runtime.startImportTask(context, { task, id }, blobKey, itemIndex);
}

/**
 * The import once it has ended, whoever works on it: nobody yet, then it is worked on here. After `waitMs`, as it then
 * stands; the work goes on.
 */
export async function awaitImport(desk: ImportDesk, entry: Import, waitMs: number): Promise<Import> {
	const { fleet, runtime } = desk;
	const deadline = performance.now() + waitMs;
	const timeLeft = () => Math.max(deadline - performance.now(), 0);
	let current = entry;
	let tryAt = 0;
	while (!hasEnded(current) && timeLeft() > 0) {
		if (performance.now() >= tryAt) {
			const work = workOn(desk, current);
			const ended = await withinMs(work, timeLeft());
			if (ended) return ended;
			tryAt = performance.now() + TRY_AGAIN_MS;
		} else {
			await sleep(Math.min(POLL_MS, timeLeft()));
		}
		current = await runtime.records.getImport(fleet, { id: entry.id });
	}
	return current;
}

async function withinMs<T>(work: Promise<T>, ms: number): Promise<T | null> {
	// What fails when nobody waits any more is told by the import itself, or taken up by the next run.
	work.catch(() => undefined);
	const timer = new AbortController();
	try {
		return await Promise.race([
			work,
			sleep(Math.min(ms, LONGEST_MS), null, { signal: timer.signal, ref: false }),
		]);
	} finally {
		timer.abort();
	}
}
