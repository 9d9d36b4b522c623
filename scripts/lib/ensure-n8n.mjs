import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { installFolder, installOnce } from './install-once.mjs';
import { envWithNode, npmInstall, npmNodeGyp } from './npm.mjs';
import { mustRun, run } from './run.mjs';
import { step } from './terminal.mjs';

/** Node's headers beside the binary, where its package has them: then nothing needs to be fetched to compile. */
function headersOf(node) {
	const folder = join(dirname(node), '..');
	return existsSync(join(folder, 'include', 'node', 'node_api.h')) ? folder : null;
}

/**
 * Gives n8n its SQLite driver, which its install script would: the ready-made binary, or where that cannot be
 * fetched, one compiled here (a C++ compiler, make and Python; about a minute).
 */
async function addSqliteDriver(folder, node, progress) {
	const cwd = join(folder, 'node_modules', 'sqlite3');
	const env = envWithNode(node, { npm_config_ignore_scripts: 'false' });
	const prebuildInstall = join(folder, 'node_modules', 'prebuild-install', 'bin.js');
	progress('fetching the SQLite driver');
	const fetched = await run(node, [prebuildInstall, '-r', 'napi'], { cwd, env });
	if (fetched.code === 0) return;
	const nodeGyp = npmNodeGyp() ?? join(folder, 'node_modules', 'node-gyp', 'bin', 'node-gyp.js');
	const headers = headersOf(node);
	progress('compiling the SQLite driver, about a minute');
	await mustRun(
		"n8n's SQLite driver could neither be fetched nor compiled. Install a C++ compiler, make and Python " +
			'(on Debian: apt-get install g++ make python3), then run the command again',
		node,
		[nodeGyp, 'rebuild', '-j', 'max', ...(headers ? [`--nodedir=${headers}`] : [])],
		{ cwd, env },
	);
}

async function install(folder, node, progress) {
	const lock = JSON.parse(await readFile(join(folder, 'package-lock.json'), 'utf8'));
	const total = Object.keys(lock.packages).length - 1;
	const onCount = (count) => progress(`${count} of about ${total} packages`);
	progress('2.8 GB, about four minutes, once for this machine');
	await npmInstall(folder, { node, onCount });
	await addSqliteDriver(folder, node, progress);
}

/** The folder in which the pinned n8n is installed; installs it, with visible progress, where it is not. */
export async function ensureN8n(node) {
	const folder = installFolder('n8n');
	if (existsSync(folder)) return folder;
	return await step('n8n', (progress) =>
		installOnce('n8n', (partial, tell) => install(partial, node, tell), progress),
	);
}
