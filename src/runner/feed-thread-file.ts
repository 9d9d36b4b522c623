import { existsSync } from 'node:fs';
import { join } from 'node:path';

const FILE = 'feed-thread.js';

/** The bundled thread: beside the bundle that this is in, or above its folder of chunks. */
export function feedThreadFile(): string {
	const beside = join(__dirname, FILE);
	return existsSync(beside) ? beside : join(__dirname, '..', FILE);
}
