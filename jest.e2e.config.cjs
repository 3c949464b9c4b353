const base = require('./jest.config.cjs');

/** Tests that take too long for `npm test`. Most run the packed node in a real n8n, one file at a time because each starts its own n8n. */
module.exports = {
	...base,
	testMatch: ['<rootDir>/test/{e2e,browser,queue,faults,release,live}/**/*.test.cts'],
	testPathIgnorePatterns: [],
	maxWorkers: 1,
	testTimeout: 300_000,
};
