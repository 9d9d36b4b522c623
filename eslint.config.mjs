import communityNodes from '@n8n/eslint-plugin-community-nodes';
import tseslint from 'typescript-eslint';

const { recommendedWithoutN8nCloudSupport } = communityNodes.configs;

export default tseslint.config(
	{ ignores: ['dist/**', 'node_modules/**', 'coverage/**', '.n8n-fleet/**', 'bench/results/**'] },
	{
		files: ['**/*.ts'],
		extends: [tseslint.configs.recommendedTypeChecked],
		languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
		rules: {
			'@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
			'@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
			'@typescript-eslint/return-await': ['error', 'always'],
			// Adapters keep a port's asynchronous signature where they need not wait themselves.
			'@typescript-eslint/require-await': 'off',
			// Ports are objects of closures: their functions have no `this` to lose.
			'@typescript-eslint/unbound-method': 'off',
			'max-lines': ['error', 250],
		},
	},
	{
		// Jest's matchers and parsed answers are `any`; the assertion itself is what checks them.
		files: ['**/*.test.ts', 'test/**/*.ts'],
		rules: {
			'@typescript-eslint/no-unsafe-argument': 'off',
			'@typescript-eslint/no-unsafe-assignment': 'off',
			'@typescript-eslint/no-unsafe-call': 'off',
			'@typescript-eslint/no-unsafe-member-access': 'off',
			'@typescript-eslint/no-unsafe-return': 'off',
		},
	},
	{ files: ['nodes/**/*.ts', 'credentials/**/*.ts'], extends: [recommendedWithoutN8nCloudSupport] },
	{
		files: ['package.json'],
		extends: [recommendedWithoutN8nCloudSupport],
		languageOptions: { parser: tseslint.parser, parserOptions: { extraFileExtensions: ['.json'] } },
		// There is no page on the web to name yet.
		rules: { '@n8n/community-nodes/require-homepage': 'off' },
	},
	{
		files: ['**/*.{js,cjs,mjs}'],
		rules: {
			'no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
			'prefer-const': 'error',
			eqeqeq: 'error',
			'max-lines': ['error', 250],
		},
	},
);
