import { existsSync } from 'node:fs';
import { copyFile, mkdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { withLock } from './lock.mjs';
import { cacheFolder, root, sha256 } from './paths.mjs';

/** Where the packages of `host/<name>` are kept on this machine; another lockfile is another folder. */
export async function installFolder(name) {
	const lockfile = await readFile(join(root, 'host', name, 'package-lock.json'), 'utf8');
	return join(cacheFolder(), `${name}-${sha256(lockfile).slice(0, 12)}`);
}

/**
 * Installs the packages of `host/<name>` once for this machine, and returns their folder. They are installed beside
 * it and renamed at the very end: a folder that is there is whole, a killed install starts anew, and of two at the
 * same time one waits for the other.
 */
export async function installOnce(name, install, onProgress = () => {}) {
	const folder = await installFolder(name);
	if (existsSync(folder)) return folder;
	await mkdir(cacheFolder(), { recursive: true });
	return await withLock(
		`${folder}.lock`,
		async () => {
			if (existsSync(folder)) return folder;
			const partial = `${folder}.partial`;
			await rm(partial, { recursive: true, force: true });
			await mkdir(partial);
			for (const file of ['package.json', 'package-lock.json']) {
				await copyFile(join(root, 'host', name, file), join(partial, file));
			}
			await install(partial, onProgress);
			await rename(partial, folder);
			return folder;
		},
		() => onProgress('another command is installing it: waiting'),
	);
}
