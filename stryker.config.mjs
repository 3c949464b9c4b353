import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Tests ask which sentence comes when, not for each of its words. */
const sentences = {
	shouldIgnore: (path) =>
		path.isStringLiteral() && /\S \S/.test(path.node.value) ? 'A sentence' : undefined,
};

export const strykerPlugins = [{ kind: 'Ignore', name: 'sentences', value: sentences }];

/** Mutates what decides something: what happens to an item, how ComplyCube is asked, what a delivery starts. */
export default {
	plugins: ['@stryker-mutator/jest-runner', './stryker.config.mjs'],
	mutate: ['nodes/ComplyCube/{pipeline,transport,trigger}/**/*.ts'],
	ignorers: ['sentences'],
	testRunner: 'jest',
	coverageAnalysis: 'perTest',
	jest: {
		configFile: 'jest.config.cjs',
		config: {
			// Engine tests can run as well, by a buildCommand, but take seconds for each mutant
			testMatch: ['<rootDir>/test/unit/**/*.test.cts'],
			testRunner: '<rootDir>/test/mutation/jest-circus-first-failure.cjs',
		},
	},
	concurrency: 2,
	incremental: true,
	incrementalFile: '.stryker/incremental.json',
	// Outside of the tree, where n8n's linter and Jest would find the copy as well
	tempDirName: join(tmpdir(), 'complycube-mutation'),
	cleanTempDir: 'always',
	ignorePatterns: ['/.stryker', '/.n8n-sandbox', '/dist', '/coverage', '/docs'],
	reporters: ['clear-text', 'progress-append-only', 'html', 'json'],
	clearTextReporter: { allowEmojis: false, logTests: false },
	htmlReporter: { fileName: '.stryker/report.html' },
	jsonReporter: { fileName: '.stryker/report.json' },
};
