/** Also for markdown-table, which is an ES module. */
const transformer = [
	'@swc/jest',
	{ jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } },
];

/** Tests are `.cts` files, which n8n's strict lint for published nodes does not check. */
module.exports = {
	testEnvironment: 'node',
	testMatch: ['<rootDir>/test/**/*.test.cts'],
	testPathIgnorePatterns: ['<rootDir>/test/(e2e|browser|queue|faults|release|live)/'],
	modulePathIgnorePatterns: ['<rootDir>/.n8n-sandbox/'],
	moduleFileExtensions: ['ts', 'cts', 'js', 'cjs', 'mjs', 'json', 'node'],
	transform: { '\\.c?ts$': transformer, '/markdown-table/.+\\.js$': transformer },
	transformIgnorePatterns: ['/node_modules/(?!markdown-table/)'],
	testTimeout: 30_000,
	// More than there usually are cores, because much of it is waiting
	maxWorkers: 4,
};
