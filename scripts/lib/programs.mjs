import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

export function isOnPath(name) {
	const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/bin', '/usr/local/bin', '/usr/sbin'];
	return folders.some((folder) => existsSync(join(folder, name)));
}
