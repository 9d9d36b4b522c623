import { existsSync } from 'node:fs';
import { readFile, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withLock } from './lock.mjs';
import { envWithNode, npmInstall } from './npm.mjs';
import { root, sha256 } from './paths.mjs';
import { mustRun } from './run.mjs';
import { step } from './terminal.mjs';

const modules = join(root, 'node_modules');
const installedMark = join(modules, '.installed-lock');
const builtMark = join(root, 'dist', '.built-from');
const BUILD_INPUTS = ['src', 'nodes', 'credentials', 'workflows', 'package.json', 'gulpfile.js'];

async function readMark(path) {
	return existsSync(path) ? await readFile(path, 'utf8') : '';
}

/** Installs the project's own packages where they are missing or belong to another lockfile. */
export async function ensureModules(node) {
	const lockfile = sha256(await readFile(join(root, 'package-lock.json'), 'utf8'));
	const isCurrent = async () => (await readMark(installedMark)) === lockfile;
	if (await isCurrent()) return;
	await step('Packages of this project', (progress) =>
		withLock(
			join(root, '.install.lock'),
			async () => {
				if (await isCurrent()) return;
				await npmInstall(root, { node, onCount: (count) => progress(`${count} packages`) });
				await writeFile(installedMark, lockfile);
			},
			() => progress('another command is installing them: waiting'),
		),
	);
}

async function fingerprintOf(path) {
	const info = await stat(path).catch(() => null);
	if (!info) return [];
	if (!info.isDirectory()) return [`${path} ${info.size} ${info.mtimeMs}`];
	const names = (await readdir(path)).sort();
	return (await Promise.all(names.map((name) => fingerprintOf(join(path, name))))).flat();
}

/** Builds `dist/` where a source file has changed since it was built; `isQuiet` leaves the showing to the caller. */
export async function ensureBuild(node, { isQuiet = false } = {}) {
	const isCurrent = async (inputs) => (await readMark(builtMark)) === inputs;
	const parts = await Promise.all(BUILD_INPUTS.map((name) => fingerprintOf(join(root, name))));
	const inputs = sha256(parts.flat().join('\n'));
	if (await isCurrent(inputs)) return;
	const show = isQuiet ? (_title, work) => work(() => {}) : step;
	await show('Building the package', (progress) =>
		withLock(
			join(root, '.build.lock'),
			async () => {
				if (await isCurrent(inputs)) return;
				await mustRun(
					'The package could not be built',
					node,
					[join(modules, 'gulp', 'bin', 'gulp.js'), 'build'],
					{
						cwd: root,
						env: envWithNode(node),
					},
				);
				await writeFile(builtMark, inputs);
			},
			() => progress('another command is building it: waiting'),
		),
	);
}
