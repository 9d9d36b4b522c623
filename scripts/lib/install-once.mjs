import { existsSync, readFileSync } from 'node:fs';
import { copyFile, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { withLock } from './lock.mjs';
import { cacheFolder, root, sha256 } from './paths.mjs';

/** What says which packages are wanted; the last file pins them. */
function manifestsOf(name) {
	const isJava = existsSync(join(root, 'host', name, 'pom.xml'));
	return isJava ? ['pom.xml'] : ['package.json', 'package-lock.json'];
}

/** Where the packages of `host/<name>` are kept on this machine; other packages are in another folder. */
export function installFolder(name) {
	const pinned = readFileSync(join(root, 'host', name, manifestsOf(name).at(-1)), 'utf8');
	return join(cacheFolder(), `${name}-${sha256(pinned).slice(0, 12)}`);
}

/**
 * Installs the packages of `host/<name>` once for this machine, and returns their folder. They are installed beside
 * it and renamed at the very end: a folder that is there is whole, a killed install starts anew, and of two at the
 * same time one waits for the other.
 */
export async function installOnce(name, install, onProgress = () => {}) {
	const folder = installFolder(name);
	if (existsSync(folder)) return folder;
	await mkdir(cacheFolder(), { recursive: true });
	return await withLock(
		`${folder}.lock`,
		async () => {
			if (existsSync(folder)) return folder;
			const partial = `${folder}.partial`;
			await rm(partial, { recursive: true, force: true });
			await mkdir(partial);
			for (const file of manifestsOf(name)) {
				await copyFile(join(root, 'host', name, file), join(partial, file));
			}
			await install(partial, onProgress);
			await rename(partial, folder);
			return folder;
		},
		() => onProgress('another command is installing it: waiting'),
	);
}
