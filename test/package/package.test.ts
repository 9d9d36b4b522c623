import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describeWith, locateService } from '../lib/services/describe-with';
import { inHost, installAsN8nDoes, type InstalledPackage, readManifest, root } from './installed-package';

const run = promisify(execFile);
const MOST_BYTES = 3_000_000;

function filesIn(folder: string): string[] {
	return readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
}

describe('package.json', () => {
	it('names every node and credential that there is', async () => {
		const { n8n } = await readManifest(root);
		const built = (folder: string, ending: string) =>
			filesIn(join(root, folder))
				.filter((file) => file.endsWith(ending))
				.map((file) => `dist/${folder}/${file.replace(/\.ts$/, '.js')}`);
		expect([...n8n.nodes].sort()).toEqual(built('nodes', '.node.ts'));
		expect([...n8n.credentials].sort()).toEqual(built('credentials', '.credentials.ts'));
	});
});

describeWith('n8n', 'the packed package, installed as n8n installs it', () => {
	let installed: InstalledPackage;
	const n8nFolder = () => locateService('n8n');

	beforeAll(async () => {
		installed = await installAsN8nDoes();
	});
	afterAll(async () => await installed.remove());

	it('needs no other package', () => {
		expect(installed.manifest.dependencies).toBeUndefined();
		expect(existsSync(join(installed.folder, 'node_modules'))).toBe(false);
	});

	it('is small, and has no native code, no sources, no maps and no tests in it', () => {
		expect(installed.packedBytes).toBeLessThan(MOST_BYTES);
		const files = filesIn(installed.folder);
		expect(files.filter((file) => /\.(node|wasm|ts|map|gyp)$|test/.test(file))).toEqual([]);
	});

	it('carries the licences of what is bundled in it, and nothing under n8n’s own', () => {
		const licences = readFileSync(join(installed.folder, 'dist', 'THIRD-PARTY-LICENSES.txt'), 'utf8');
		for (const name of ['typeorm', 'ioredis', 'nodemailer', 'pg']) expect(licences).toContain(`\n${name} `);
		expect(licences).not.toMatch(/Sustainable Use|@n8n\//);
	});

	it('loads every node and credential, with only n8n’s packages in reach', async () => {
		const { n8n } = installed.manifest;
		const script = `
			const load = (file) => {
				const name = file.split('/').pop().split('.')[0];
				const found = new (require(${JSON.stringify(installed.folder)} + '/' + file)[name])();
				return found.description ? found.description.name : found.name;
			};
			console.log(JSON.stringify(${JSON.stringify([...n8n.nodes, ...n8n.credentials])}.map(load)));`;
		const lowerFirst = (file: string) => {
			const name = file.split('/').at(-1)?.split('.')[0] ?? '';
			return name.charAt(0).toLowerCase() + name.slice(1);
		};
		const names = await inHost<string[]>(script, n8nFolder());
		expect(names).toEqual([...n8n.nodes, ...n8n.credentials].map(lowerFirst));
	});

	it('brings an icon for light and dark, and a codex file, for every node', async () => {
		const script = `
			const load = (file) => require(${JSON.stringify(installed.folder)} + '/' + file);
			const iconOf = (file) => {
				const { icon } = new (Object.values(load(file))[0])().description;
				return [file, icon.light.replace('file:', ''), icon.dark.replace('file:', '')];
			};
			console.log(JSON.stringify(${JSON.stringify(installed.manifest.n8n.nodes)}.map(iconOf)));`;
		for (const [file = '', ...icons] of await inHost<string[][]>(script, n8nFolder())) {
			const path = join(installed.folder, file);
			expect(existsSync(path.replace(/\.js$/, '.json'))).toBe(true);
			for (const icon of icons) expect([file, existsSync(join(path, '..', icon))]).toEqual([file, true]);
		}
	});

	it('does not read its heavy libraries before they are used', async () => {
		const script = `
			for (const file of ${JSON.stringify(installed.manifest.n8n.nodes)}) require(${JSON.stringify(installed.folder)} + '/' + file);
			console.log(JSON.stringify(Object.keys(require.cache).filter((path) => /chunks.runtime/.test(path))));`;
		expect(await inHost<string[]>(script, n8nFolder())).toEqual([]);
		expect(filesIn(join(installed.folder, 'dist', 'chunks')).some((file) => /^runtime/.test(file))).toBe(
			true,
		);
	});

	it('opens its store beside n8n’s own fork of TypeORM', async () => {
		const chunks = join(installed.folder, 'dist', 'chunks');
		const runtime = readdirSync(chunks).find((file) => file.startsWith('runtime'));
		const script = `
			require('@n8n/typeorm');
			process.env.N8N_USER_FOLDER = require('fs').mkdtempSync(require('os').tmpdir() + '/fleet-fork-');
			const runtime = require(${JSON.stringify(join(chunks, runtime ?? ''))});
			const context = { getNode: () => ({ credentials: {} }) };
			runtime.openFleet(context).then(async (fleet) => {
				await runtime.closeStores();
				require('fs').rmSync(process.env.N8N_USER_FOLDER, { recursive: true });
				console.log(JSON.stringify(typeof fleet.store));
			});`;
		expect(await inHost<string>(script, n8nFolder())).toBe('object');
	});
});

describe('the walls between the layers', () => {
	it('hold: a domain module that reads a file breaks the rules', async () => {
		const { stdout } = await run(
			process.execPath,
			[
				join(root, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruise.mjs'),
				...['src', '--config', join(root, '.dependency-cruiser.cjs'), '--output-type', 'err'],
			],
			{ cwd: join(root, 'test', 'fixtures', 'broken-walls') },
		).catch((error: { stdout: string }) => error);
		expect(stdout).toContain('the-domain-is-pure: src/domain/reads-a-file.ts');
		expect(stdout).toContain('use-cases-know-ports-only: src/app/knows-an-adapter.ts');
		expect(stdout).toContain('no-circular');
	});
});
