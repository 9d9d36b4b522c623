import { Worker } from 'node:worker_threads';
import { deferred } from './deferred';
import type { ImportJob, ImportResults } from './import-job';
import type { FromImport } from './import-messages';
import { threadFile } from './thread-file';
import { fromPlain } from './thread-messages';
import type { ImportWork } from './thread-work';

/** Smaller memories are kept cleaner; only a preview has all of its rows in memory. */
const MEMORY_MB = { run: 256, undo: 256, preview: 1_000 } as const;

/**
 * Works on an import in threads of its own, so that this one's event loop sees nothing of it but the end. Rejects as
 * `runImport`, `undoImport` or `previewImport` does, or when the thread ends before: then the import is there to be
 * continued.
 */
export async function startImportJob<J extends ImportJob>(job: J): Promise<ImportResults[J['task']]> {
	const workerData: ImportWork = { does: 'import', job };
	const worker = new Worker(threadFile(), {
		workerData,
		name: `fleet ${job.task} import`,
		resourceLimits: {
			maxYoungGenerationSizeMb: 8,
			maxOldGenerationSizeMb: MEMORY_MB[job.task],
		},
	});
	const ended = deferred<ImportResults[J['task']]>();
	worker.on('message', (message: FromImport) => {
		if (message.type === 'ended') ended.resolve(message.result as ImportResults[J['task']]);
		else ended.reject(fromPlain(message.error));
	});
	worker.on('error', (error: Error) => ended.reject(error));
	worker.on('exit', (code) => ended.reject(new Error(`The import's thread ended with code ${code}`)));
	return await ended.promise;
}
