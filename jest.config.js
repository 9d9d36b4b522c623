/** Packages that are ECMAScript modules, which Jest does not load as they are. */
const MODULES = '/node_modules/(flatbush|flatqueue|cheap-ruler|pbf|@platformatic/[^/]+)/';

/** Kinds of test, each with its own needs: `npm test` runs them in this order. */
const common = {
	testEnvironment: 'node',
	transform: {
		'^.+\\.ts$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' } }],
		[`^.+\\.mjs$|${MODULES}.+\\.js$`]: [
			'@swc/jest',
			{ jsc: { target: 'es2022' }, module: { type: 'commonjs' } },
		],
	},
	transformIgnorePatterns: [`^(?!.*${MODULES}).*/node_modules/`],
	setupFilesAfterEnv: ['<rootDir>/test/has-assertions.ts'],
	modulePathIgnorePatterns: ['<rootDir>/dist/'],
	moduleNameMapper: { '/thread-file$': '<rootDir>/test/lib/built-thread.ts' },
};

const kind = (displayName, testMatch, extra = {}) => ({ ...common, displayName, testMatch, ...extra });

module.exports = {
	projects: [
		kind('unit', ['<rootDir>/{src,nodes,credentials,scripts}/**/*.test.ts']),
		kind('contract', ['<rootDir>/test/contracts/**/*.test.ts']),
		kind('integration', ['<rootDir>/test/integration/**/*.test.ts']),
		kind('package', ['<rootDir>/test/package/**/*.test.ts']),
		kind('e2e', ['<rootDir>/test/e2e/**/*.test.ts']),
	],
	testTimeout: 60_000,
};
