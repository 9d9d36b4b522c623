import { existsSync } from 'node:fs';
import { join } from 'node:path';

const FILE = 'thread.js';

/** What threads run, bundled: beside the bundle that this is in, or above its folder of chunks. */
export function threadFile(): string {
	const beside = join(__dirname, FILE);
	return existsSync(beside) ? beside : join(__dirname, '..', FILE);
}
