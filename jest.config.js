/** Kinds of test, each with its own needs: `npm test` runs them in this order. */
const common = {
	testEnvironment: 'node',
	transform: {
		'^.+\\.ts$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' } }],
		'^.+\\.mjs$': ['@swc/jest', { jsc: { target: 'es2022' }, module: { type: 'commonjs' } }],
	},
	setupFilesAfterEnv: ['<rootDir>/test/has-assertions.ts'],
	modulePathIgnorePatterns: ['<rootDir>/dist/'],
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
