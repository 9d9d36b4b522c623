import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The clone's root. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Where Node and n8n are kept, once for all clones on this machine. */
export function cacheFolder() {
	if (process.env.FLEET_CACHE_DIR) return resolve(process.env.FLEET_CACHE_DIR);
	return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'n8n-nodes-fleet');
}

/** Where `npm start` keeps n8n's database, logins and log. */
export function defaultUserFolder() {
	return resolve(process.env.FLEET_USER_FOLDER || join(root, '.n8n-fleet'));
}

export function sha256(text) {
	return createHash('sha256').update(text).digest('hex');
}

/** The file's JSON, or null where there is no such file. A file that is no JSON throws with its path. */
export function readJson(path) {
	if (!existsSync(path)) return null;
	try {
		return JSON.parse(readFileSync(path, 'utf8'));
	} catch (error) {
		throw new Error(`${path} is not valid JSON: ${error.message}`, { cause: error });
	}
}
