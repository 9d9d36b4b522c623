/** What a thread runs that takes a file into the store, takes it back, or tries it: the writing side. */
import { randomUUID } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import { openStore } from '../adapters/store/open-store';
import { previewImport } from '../app/imports/preview-import';
import { runImport } from '../app/imports/run-import';
import { undoImport } from '../app/imports/undo-import';
import type { ImportJob } from './import-job';
import type { FromImport } from './import-messages';
import { threadedRecords } from './threaded-records';
import { toPlain } from './thread-messages';
import type { ImportWork } from './thread-work';

async function work(job: ImportJob): Promise<unknown> {
	const store = await openStore(
		job.store.kind === 'sqlite' ? { ...job.store, isRepeatable: true } : job.store,
	);
	try {
		const fleet = { store, clock: Date.now };
		const deps = { fleet, records: threadedRecords(job.blobs), newToken: randomUUID };
		if (job.task === 'preview') return await previewImport(deps, job.request, job.limit);
		const which = job.id === undefined ? {} : { id: job.id };
		const timed = { ...deps, ...job.timing };
		return await (job.task === 'run' ? runImport(timed, which) : undoImport(timed, which));
	} finally {
		await store.close();
	}
}

const tell = (message: FromImport) => parentPort?.postMessage(message);

work((workerData as ImportWork).job).then(
	(result) => tell({ type: 'ended', result }),
	(error: unknown) => tell({ type: 'failed', error: toPlain(error) }),
);
