import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
export const root = resolve(__dirname, '..', '..');

export interface Manifest {
	readonly name: string;
	readonly n8n: { readonly nodes: string[]; readonly credentials: string[] };
	readonly dependencies?: Readonly<Record<string, string>>;
}

export interface InstalledPackage {
	readonly folder: string;
	readonly manifest: Manifest;
	readonly packedBytes: number;
	/** What npm put beside the package: names of folders in its `node_modules`. */
	readonly output: string;
	remove(): Promise<void>;
}

export async function readManifest(folder: string): Promise<Manifest> {
	return JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as Manifest;
}

/**
 * Packs the built package and installs it as n8n does from its GUI: unpacks it, deletes the three kinds of dependency
 * that n8n deletes, then lets npm install without scripts, here without a network too.
 */
export async function installAsN8nDoes(): Promise<InstalledPackage> {
	const temporary = await mkdtemp(join(tmpdir(), 'fleet-package-'));
	const env = { ...process.env, npm_config_cache: join(temporary, 'cache') };
	const packed = await run('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', temporary], {
		cwd: root,
		env,
	});
	const filename = /[\w.-]+\.tgz/.exec(packed.stdout)?.[0];
	if (filename === undefined) throw new Error(`npm pack named no file: ${packed.stdout}`);
	const tarball = join(temporary, filename);
	const folder = join(temporary, 'node_modules', 'n8n-nodes-fleet');
	await mkdir(folder, { recursive: true });
	await run('tar', ['-xzf', tarball, '-C', folder, '--strip-components=1']);
	const { devDependencies, peerDependencies, optionalDependencies, ...stripped } = JSON.parse(
		await readFile(join(folder, 'package.json'), 'utf8'),
	) as Record<string, unknown>;
	if (!devDependencies || !peerDependencies || optionalDependencies)
		throw new Error('unexpected package.json');
	await writeFile(join(folder, 'package.json'), JSON.stringify(stripped));
	const flags = ['--ignore-scripts', '--install-strategy=shallow', '--package-lock=false', '--offline'];
	const { stdout } = await run('npm', ['install', ...flags], { cwd: folder, env });
	return {
		folder,
		manifest: await readManifest(folder),
		packedBytes: (await stat(tarball)).size,
		output: stdout,
		remove: async () => await rm(temporary, { recursive: true, force: true }),
	};
}

/**
 * Runs a script in a Node process of its own, which finds the packages of the installed n8n as n8n's nodes do; resolves
 * with the JSON that it printed.
 */
export async function inHost<T>(script: string, n8nFolder: string): Promise<T> {
	const env = { PATH: process.env.PATH, NODE_PATH: join(n8nFolder, 'node_modules') };
	const folder = await mkdtemp(join(tmpdir(), 'fleet-host-'));
	try {
		await writeFile(join(folder, 'script.js'), script);
		const { stdout } = await run(process.execPath, [join(folder, 'script.js')], { env, cwd: folder });
		return JSON.parse(stdout) as T;
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}
