const base = require('./jest.config.cjs');

/** The packed tarball in a real n8n: one worker, because every file starts an n8n of its own. */
module.exports = {
	...base,
	testMatch: ['<rootDir>/test/e2e/**/*.test.cts'],
	testPathIgnorePatterns: [],
	maxWorkers: 1,
	testTimeout: 300_000,
};
