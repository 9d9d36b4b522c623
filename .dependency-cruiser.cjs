const only = (name, comment, from, allowed) => ({
	name,
	comment,
	severity: 'error',
	from: { path: from, pathNot: '\\.test\\.ts$|/testing/' },
	to: { pathNot: allowed },
});

const BUILT_IN = '^(node:)?(crypto|events|fs|os|path|stream|timers|util)(/promises)?$';
/** Hashes, stream types, comparisons, compression, giving way to others: no input or output. */
const PURE_BUILT_IN = '^(node:)?(crypto|stream|util|zlib|timers/promises)$';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
	forbidden: [
		{
			name: 'no-circular',
			comment: 'Two modules that need each other cannot be understood, tested or loaded apart.',
			severity: 'error',
			from: {},
			to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
		},
		only(
			'nodes-are-thin',
			'A node describes itself and hands over to src/n8n: what it does must be testable without n8n.',
			'^(nodes|credentials)/',
			['^(nodes|credentials)/', '^src/n8n/', '^src/domain/', 'node_modules/n8n-workflow/'],
		),
		{
			name: 'nodes-know-domain-types-only',
			comment: 'Domain code is called by use cases; a node may name its types.',
			severity: 'error',
			from: { path: '^(nodes|credentials)/', pathNot: '\\.test\\.ts$' },
			to: { path: '^src/domain/', dependencyTypesNot: ['type-only'] },
		},
		only(
			'n8n-knows-no-libraries',
			'src/n8n maps between n8n and the use cases and composes them; libraries belong behind ports, in adapters.',
			'^src/n8n/',
			[
				'^src/(n8n|app|domain|adapters|runner)/',
				BUILT_IN,
				'node_modules/n8n-workflow/',
				'node_modules/luxon/',
			],
		),
		{
			name: 'only-the-runtime-knows-adapters',
			comment:
				'The composition root is the one place that chooses adapters. It is loaded on first use, so anything else ' +
				'that reached for them would make n8n read the database libraries when it starts.',
			severity: 'error',
			from: { path: '^src/n8n/', pathNot: '^src/n8n/runtime\\.ts$|\\.test\\.ts$' },
			to: { path: '^src/(adapters|runner)/', dependencyTypesNot: ['type-only'] },
		},
		only(
			'the-runner-composes',
			'What runs a feed in a thread or a process of its own chooses adapters for use cases, and knows neither n8n, ' +
				'which is not there, nor any library.',
			'^src/runner/',
			['^src/(runner|adapters|app|domain)/', BUILT_IN, '^(node:)?(worker_threads|http)$'],
		),
		{
			name: 'who-knows-the-runner',
			comment:
				'It brings all adapters with it, so it is loaded late: by the runtime of n8n, and by the worker command.',
			severity: 'error',
			from: { pathNot: '^src/(runner/|n8n/runtime\\.ts$|cli/worker/)|\\.test\\.ts$|^(test|bench|scripts)/' },
			to: { path: '^src/runner/', dependencyTypesNot: ['type-only'] },
		},
		{
			name: 'the-runtime-is-loaded-late',
			comment: 'n8n evaluates every node when it starts: the runtime comes in by load-runtime alone.',
			severity: 'error',
			from: { pathNot: '^src/n8n/load-runtime\\.ts$|\\.test\\.ts$|^test/' },
			to: { path: '^src/n8n/runtime\\.ts$', dependencyTypesNot: ['type-only'] },
		},
		{
			name: 'the-command-knows-the-domain-only',
			comment: 'Rule files are checked where no n8n and no database are: in a pipeline, by a developer.',
			severity: 'error',
			from: { path: '^src/cli/', pathNot: '^src/cli/worker/|\\.test\\.ts$' },
			to: { pathNot: ['^src/(cli|domain)/', BUILT_IN, '^(node:)?(process|url)$'] },
		},
		only(
			'the-worker-asks-the-runner',
			'The command of a worker reads what it is told and writes what happens; running feeds is the runner’s.',
			'^src/cli/worker/',
			[
				'^src/(cli|domain|runner)/',
				'^src/app/(errors|feed/describe-loss|feed/feed-run)\\.ts$',
				'^src/adapters/',
				BUILT_IN,
			],
		),
		{
			name: 'the-worker-knows-types-of-adapters',
			comment: 'Which adapters there are is the runner’s to know; the command fills in their options.',
			severity: 'error',
			from: { path: '^src/cli/' },
			to: { path: '^src/adapters/', dependencyTypesNot: ['type-only'] },
		},
		{
			name: 'the-worker-is-loaded-late',
			comment: 'It needs the database libraries, and testing rules does not: main loads it by import().',
			severity: 'error',
			from: { path: '^src/cli/', pathNot: '^src/cli/worker/|\\.test\\.ts$' },
			to: { path: '^src/cli/worker/', dependencyTypesNot: ['dynamic-import', 'type-only'] },
		},
		only(
			'use-cases-know-ports-only',
			'The same use case runs in n8n, in a worker thread and in a process of its own, on any store and any bus.',
			'^src/app/',
			['^src/(app|domain)/', PURE_BUILT_IN, 'node_modules/luxon/'],
		),
		only(
			'the-domain-is-pure',
			'Rules must fire identically live, in a replay and in a backtest: no input, output or clock in the domain.',
			'^src/domain/',
			[
				'^src/domain/',
				'node_modules/(luxon|mustache|@types/(luxon|mustache)|re2js|flatbush|point-in-polygon-hao|cheap-ruler|pbf|yaml)/',
				'^(node:)?crypto$',
			],
		),
		{
			name: 'adapters-know-ports-and-words',
			comment: 'An adapter serves a port; it must not know who uses it, nor n8n.',
			severity: 'error',
			from: { path: '^src/adapters/', pathNot: '\\.test\\.ts$|/testing/' },
			to: {
				path: '^(src/n8n|nodes|credentials)/|^src/app/(?!ports/|(errors|turns)\\.ts$)|node_modules/n8n-',
			},
		},
		{
			name: 'product-code-knows-no-tests',
			comment: 'What ships must not need what does not.',
			severity: 'error',
			from: { path: '^(src|nodes|credentials)/', pathNot: '\\.test\\.ts$|/testing/' },
			to: { path: '^(test|bench|scripts)/|\\.test\\.ts$|/testing/' },
		},
	],
	options: {
		doNotFollow: { path: 'node_modules' },
		tsPreCompilationDeps: 'specify',
		tsConfig: { fileName: 'tsconfig.json' },
		enhancedResolveOptions: { extensions: ['.ts', '.js', '.json'] },
	},
};
