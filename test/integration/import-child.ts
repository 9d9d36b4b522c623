/** Runs one import in a process of its own, in threads, to be killed: `node import-child.js JOB`. */
import { startImportJob } from '../../src/runner/start-import-job';
import type { ImportJob } from '../../src/runner/import-job';

async function main(): Promise<void> {
	process.stdout.write('started\n');
	const job = JSON.parse(process.argv[2] ?? '') as ImportJob & { task: 'run' };
	const ended = await startImportJob(job);
	process.stdout.write(`ended ${ended?.state}\n`);
}

void main();
