import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { CommandError, run } from './run.mjs';

/** The npm that runs us, else the one on PATH; null where only the PATH's `npm` command is known. */
function npmCli() {
	const own = process.env.npm_execpath;
	if (own && /npm-cli\.c?js$/.test(own) && existsSync(own)) return own;
	const beside = [
		join(dirname(process.execPath), '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
		join(dirname(process.execPath), 'node_modules', 'npm', 'bin', 'npm-cli.js'),
	];
	return beside.find((path) => existsSync(path)) ?? null;
}

/** The node-gyp that comes with npm: newer than the one in n8n's tree, which needs Python older than 3.12. */
export function npmNodeGyp() {
	const cli = npmCli();
	const path = cli && join(dirname(cli), '..', 'node_modules', 'node-gyp', 'bin', 'node-gyp.js');
	return path && existsSync(path) ? path : null;
}

/** The environment in which `node` is this Node, and which a surrounding npm run has left no settings in. */
export function envWithNode(node, extra = {}) {
	const env = { ...process.env };
	for (const name of Object.keys(env)) {
		if (/^npm_(lifecycle|package|command|execpath|node_execpath)/i.test(name)) delete env[name];
	}
	const pathName = Object.keys(env).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
	env[pathName] = `${dirname(node)}${delimiter}${env[pathName] ?? ''}`;
	return { ...env, ...extra };
}

/**
 * Installs what the lockfile in `folder` says, without install scripts. Not by `npm ci`: that refuses a lockfile which
 * leaves out an optional package for some other platform. `onCount(fetched)` tells how many packages have come so far.
 * Throws a `CommandError` that says what to do.
 */
export async function npmInstall(folder, { node, onCount = () => {} }) {
	const args = ['install', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=http'];
	const cli = npmCli();
	let fetched = 0;
	const { code, output } = await run(cli ? node : 'npm', cli ? [cli, ...args] : args, {
		cwd: folder,
		env: envWithNode(node),
		onLine: (text) => {
			if (/npm http (fetch GET 200|cache) .*\.tgz/.test(text)) onCount((fetched += 1));
		},
	});
	if (code === 0) return;
	const shown = output.split('\n').filter((text) => !text.startsWith('npm http'));
	throw new CommandError(
		'npm could not install the packages. Is the registry reachable (npm ping)? Run the command again to retry',
		shown.join('\n'),
	);
}
