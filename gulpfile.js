const { existsSync, readdirSync } = require('node:fs');
const { chmod, mkdir, readFile, rm, writeFile } = require('node:fs/promises');
const { basename, dirname, join } = require('node:path');
const esbuild = require('esbuild');
const { dest, series, src } = require('gulp');
const prettier = require('prettier');
const { parse } = require('yaml');
const { bundledModules } = require('./scripts/lib/bundled-modules.cjs');
const { thirdPartyLicences } = require('./scripts/lib/third-party-licences.cjs');

const OUT = 'dist';
const BUNDLE = 'fleet.js';
const COMMAND = 'cli.js';
const TEMPLATES = 'src/domain/rule-files/rule-templates.json';

function filesBelow(folder, ending) {
	if (!existsSync(folder)) return [];
	return readdirSync(folder, { recursive: true })
		.map((name) => join(folder, name).replaceAll('\\', '/'))
		.filter((name) => name.endsWith(ending))
		.sort();
}

/** n8n finds a class by its file's name: `Fleet.node.ts` exports `Fleet`. */
function entries() {
	const files = [...filesBelow('nodes', '.node.ts'), ...filesBelow('credentials', '.credentials.ts')];
	return files.map((file) => ({ file, name: basename(file).split('.')[0] }));
}

async function clean() {
	await rm(OUT, { recursive: true, force: true });
}

/** Drivers that TypeORM and ioredis look for at run time but that this package does not use stay `require` calls. */
const absentStaysExternal = {
	name: 'absent-stays-external',
	setup(build) {
		build.onResolve({ filter: /^[^./]/ }, async (args) => {
			if (args.pluginData === 'asked' || !args.importer.includes('node_modules')) return undefined;
			const { importer, kind, namespace, resolveDir } = args;
			const found = await build.resolve(args.path, {
				importer,
				kind,
				namespace,
				resolveDir,
				pluginData: 'asked',
			});
			return found.errors.length > 0 ? { path: args.path, external: true } : found;
		});
	},
};

/**
 * What the Kafka library brings along and nobody asks for here: clients of schema registries with an Avro library, and
 * the check of its callers' options by schemas, whose compiling takes longer than all the rest of loading it.
 */
const leanKafka = {
	name: 'lean-kafka',
	setup(build) {
		const registry = /@platformatic.kafka.dist.registries.confluent-schema-registry\.js$/;
		build.onLoad({ filter: registry }, () => ({ contents: 'export {};' }));
		build.onResolve({ filter: /^ajv\/dist\/2020\.js$/ }, ({ path }) => ({ path, namespace: 'lean-kafka' }));
		build.onLoad({ filter: /.*/, namespace: 'lean-kafka' }, () => ({
			contents: 'export class Ajv2020 { addKeyword() {} compile() { return () => true; } }',
		}));
	},
};

const ENTRIES = 'all-nodes-and-credentials';

const entriesModule = {
	name: ENTRIES,
	setup(build) {
		build.onResolve({ filter: new RegExp(`^${ENTRIES}$`) }, () => ({ path: ENTRIES, namespace: ENTRIES }));
		build.onLoad({ filter: /.*/, namespace: ENTRIES }, () => {
			const lines = entries().map(
				({ file, name }) => `export { ${name} } from './${file.replace(/\.ts$/, '')}';`,
			);
			return { contents: lines.join('\n'), resolveDir: __dirname, loader: 'ts' };
		});
	},
};

const MINIFIED = { minifyWhitespace: true, minifySyntax: true, legalComments: 'none' };

/**
 * Everything bundled, so that there is no dependency to install, and cut where the code says `import()`: n8n loads
 * every node when it starts, and reading the database, Redis and spreadsheet libraries then would delay it. What both
 * sides use is cut out into a chunk of its own, so that each class exists once. esbuild cuts ES modules only; n8n
 * loads CommonJS, hence the second pass.
 */
async function bundle() {
	const { outputFiles, metafile } = await esbuild.build({
		entryPoints: { fleet: ENTRIES, cli: 'src/cli/main.ts', thread: 'src/runner/thread.ts' },
		outdir: OUT,
		bundle: true,
		splitting: true,
		chunkNames: 'chunks/[name]-[hash]',
		platform: 'node',
		format: 'esm',
		target: 'node20',
		external: ['n8n-workflow'],
		plugins: [entriesModule, leanKafka, absentStaysExternal],
		...bundledModules,
		// TypeORM compares constructors by their names.
		keepNames: true,
		metafile: true,
		write: false,
		logLevel: 'error',
	});
	for (const { path, text } of outputFiles) {
		const { code } = await esbuild.transform(text, {
			format: 'cjs',
			platform: 'node',
			target: 'node20',
			supported: { 'dynamic-import': false },
			...MINIFIED,
		});
		await mkdir(dirname(path), { recursive: true });
		await writeFile(path, code);
	}
	await chmod(join(OUT, COMMAND), 0o755);
	await writeFile(join(OUT, 'THIRD-PARTY-LICENSES.txt'), thirdPartyLicences(Object.keys(metafile.inputs)));
}

/** The file that n8n looks for, for each node and credential: hands out its class from the bundle. */
async function stubs() {
	for (const { file, name } of entries()) {
		const path = join(OUT, file.replace(/\.ts$/, '.js'));
		const up = '../'.repeat(dirname(file).split('/').length);
		await mkdir(dirname(path), { recursive: true });
		await writeFile(path, `exports.${name} = require('${up}${BUNDLE}').${name};\n`);
	}
}

function assets() {
	return src(
		[
			'nodes/**/*.{svg,png,node.json}',
			'credentials/**/*.{svg,png}',
			'icons/**/*.svg',
			'workflows/*.json',
			'rule-templates/*.yaml',
		],
		{
			base: '.',
			encoding: false,
			allowEmpty: true,
		},
	).pipe(dest(OUT));
}

/**
 * The rule templates as data that bundles, tests and types can import: the rules of `rule-templates/`, where people read
 * and change them. To be run after a change there; a test tells when it was forgotten.
 */
async function templates() {
	const files = filesBelow('rule-templates', '.rule.yaml').map(async (file) => {
		const { description, rules } = parse(await readFile(file, 'utf8'));
		return { name: basename(file, '.rule.yaml'), description, rule: rules[0] };
	});
	const options = await prettier.resolveConfig(TEMPLATES);
	const text = JSON.stringify(await Promise.all(files));
	await writeFile(TEMPLATES, await prettier.format(text, { ...options, filepath: TEMPLATES }));
}

exports.templates = templates;
exports.build = series(clean, bundle, stubs, assets);
exports.default = exports.build;
