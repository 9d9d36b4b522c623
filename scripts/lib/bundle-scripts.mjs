import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';

/** A script that looks for something beside itself finds it there, wherever it is bundled to. */
const keepsItsPlace = {
	name: 'keeps-its-place',
	setup({ onLoad }) {
		onLoad({ filter: /scripts\/.+\.mjs$/ }, async ({ path }) => {
			const source = await readFile(path, 'utf8');
			const url = JSON.stringify(pathToFileURL(path).href);
			return { contents: source.replaceAll('import.meta.url', url), loader: 'js' };
		});
	},
};

/**
 * Makes files that Node runs of TypeScript that is no part of the package; `options` are esbuild's. `plugins` come
 * before those of every bundle.
 */
export async function bundleScripts({ plugins = [], ...options }) {
	const { build } = await import('esbuild');
	await build({
		plugins: [...plugins, keepsItsPlace],
		bundle: true,
		platform: 'node',
		format: 'cjs',
		outExtension: { '.js': '.cjs' },
		packages: 'external',
		logLevel: 'warning',
		...options,
	});
}
