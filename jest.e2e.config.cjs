const base = require('./jest.config.cjs');

/** What takes longer than `npm test` may: mostly the packed tarball in a real n8n, one file at a time, because each starts an n8n of its own. */
module.exports = {
	...base,
	testMatch: ['<rootDir>/test/{e2e,browser,queue,faults}/**/*.test.cts'],
	testPathIgnorePatterns: [],
	maxWorkers: 1,
	testTimeout: 300_000,
};
