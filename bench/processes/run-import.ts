import { startImportJob } from '../../src/runner/start-import-job';
import type { ImportJob } from '../../src/runner/import-job';
import { watchProcess } from '../lib/watch-process';

/** `run-import JOB`: one import in its threads, in a process that has done nothing else; prints how it went. */
async function main(job: ImportJob & { task: 'run' }): Promise<void> {
	const watch = watchProcess();
	const startedAt = performance.now();
	const ended = await startImportJob(job);
	const spentMs = performance.now() - startedAt;
	process.stdout.write(JSON.stringify({ ended, spentMs, process: watch.end() }));
}

void main(JSON.parse(process.argv[2] ?? '') as ImportJob & { task: 'run' });
