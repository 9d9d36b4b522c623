import { randomUUID } from 'node:crypto';
import { mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

const root = join(__dirname, '../..');
let built: string | undefined;

/** Stands in for src/runner/thread-file: a thread runs no TypeScript, so the present sources are bundled for it. */
export function threadFile(): string {
	return (built ??= build());
}

function build(): string {
	const folder = join(root, 'node_modules/.cache/n8n-nodes-fleet');
	mkdirSync(folder, { recursive: true });
	const file = join(folder, 'thread.js');
	const fresh = join(folder, `thread-${randomUUID()}.js`);
	buildSync({
		entryPoints: [join(root, 'src/runner/thread.ts')],
		...{ bundle: true, platform: 'node', packages: 'external', outfile: fresh, logLevel: 'error' },
	});
	// Tests run side by side: one must not read what another is writing.
	renameSync(fresh, file);
	return file;
}
