import type { Import } from '../../domain/import';
import { type ImportDesk, workOn } from './await-import';

const WAITING = ['undoing', 'pending', 'running'] as const;

/**
 * Does what there is to do about imports, oldest first, until nothing waits: also what is queued meanwhile, and what
 * was interrupted. One whose file is kept elsewhere is left to a node that reaches it, and told.
 */
export async function runWaitingImports(desk: ImportDesk): Promise<Import[]> {
	const ended: Import[] = [];
	const passed = new Set<number>();
	for (let next = await nextOf(desk, passed); next; next = await nextOf(desk, passed)) {
		const done = await workOn(desk, next);
		if (done) ended.push(done);
		// Whatever is queued again meanwhile is the next run's.
		passed.add(next.id);
	}
	return ended;
}

async function nextOf({ context, itemIndex, fleet, runtime }: ImportDesk, passed: Set<number>) {
	for (const state of WAITING) {
		for (const entry of await runtime.records.listImports(fleet, { where: { state } })) {
			if (passed.has(entry.id)) continue;
			if (state === 'undoing' || (await runtime.hasBlob(context, entry.blobKey, itemIndex))) return entry;
			passed.add(entry.id);
			context.addExecutionHints({
				message: `Import ${entry.id} waits for its file '${entry.fileName}', which is not kept here: choose the S3 credential that it was uploaded with`,
				location: 'outputPane',
				type: 'warning',
			});
		}
	}
	return null;
}
