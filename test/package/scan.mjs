/**
 * Runs the rules of n8n's verification scanner, which come as an ES module, over a folder and prints what they say.
 *
 * Usage: node scan.mjs <folder> source|package
 *
 * The scanner's own function keeps its warnings to itself and looks for the code on npm and GitHub; the configuration,
 * the files and the switched-off inline comments are the same here.
 */
import { createRequire } from 'node:module';
import {
	buildScanConfig,
	SOURCE_FILE_PATTERNS,
} from '@n8n/scan-community-package/scanner/scanner.mjs';

// The very ESLint that the scanner runs, not the one of this project
const { resolve } = createRequire(import.meta.url);
const scannerRequire = createRequire(resolve('@n8n/scan-community-package/scanner/scanner.mjs'));
const { ESLint } = scannerRequire('eslint');
const glob = scannerRequire('fast-glob');

const PATTERNS = { source: SOURCE_FILE_PATTERNS, package: ['**/*.js', 'package.json'] };

const [folder, kind] = process.argv.slice(2);
const eslint = new ESLint({
	cwd: folder,
	allowInlineConfig: false,
	overrideConfigFile: true,
	overrideConfig: await buildScanConfig(),
});
const files = glob.sync(PATTERNS[kind], {
	cwd: folder,
	absolute: true,
	ignore: ['node_modules/**', '**/package-lock.json'],
});
const results = await eslint.lintFiles(files);
console.log(
	JSON.stringify({
		files: results.map(({ filePath }) => filePath),
		messages: results.flatMap(({ filePath, messages }) =>
			messages.map(({ ruleId, severity, line, message }) => ({
				filePath,
				line,
				ruleId,
				severity,
				message,
			})),
		),
	}),
);
