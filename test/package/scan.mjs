/**
 * Runs the rules of n8n's verification scanner over a folder and prints what they find. It is a program of its own because
 * the scanner is an ES module.
 *
 * Usage: node scan.mjs <folder> source|package
 *
 * The scanner's own function hides warnings and looks for the code on npm and GitHub. The configuration, the files and the
 * disabled inline comments are the same here.
 */
import { createRequire } from 'node:module';
import {
	buildScanConfig,
	SOURCE_FILE_PATTERNS,
} from '@n8n/scan-community-package/scanner/scanner.mjs';

// The scanner's own ESLint, not this project's
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
