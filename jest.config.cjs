/** Tests are `.cts`, so that the strict node lint, made for what ships, leaves them alone. */
module.exports = {
	testEnvironment: 'node',
	testMatch: ['<rootDir>/test/**/*.test.cts'],
	testPathIgnorePatterns: ['<rootDir>/test/(e2e|browser|queue|faults)/'],
	modulePathIgnorePatterns: ['<rootDir>/.n8n-sandbox/'],
	moduleFileExtensions: ['ts', 'cts', 'js', 'cjs', 'mjs', 'json', 'node'],
	transform: {
		'\\.c?ts$': [
			'@swc/jest',
			{ jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } },
		],
	},
	testTimeout: 30_000,
	// More than there may be cores: much of it is waiting
	maxWorkers: 3,
};
