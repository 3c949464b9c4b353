import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

import type { DatabaseRow } from './databaseRow.cts';

/** Run by n8n's Node.js, which brings sqlite along while older ones do not. */
const SCRIPT = `
	const { DatabaseSync } = require('node:sqlite');
	const [file, sql, parameters] = process.argv.slice(1);
	const database = new DatabaseSync(file);
	database.exec('PRAGMA busy_timeout = 5000');
	console.log(JSON.stringify(database.prepare(sql).all(...JSON.parse(parameters))));
`;

const LARGEST_RESULT = 64 * 1024 * 1024;

/**
 * Runs one SQL statement in n8n's database.
 *
 * @param node The installation's Node.js
 * @param file n8n's sqlite file
 * @param parameters What stands for the statement's question marks
 * @throws Error with sqlite's words when it refuses the statement
 */
export async function querySqlite(
	node: string,
	file: string,
	sql: string,
	parameters: Array<string | number>,
): Promise<DatabaseRow[]> {
	const args = ['--no-warnings', '-e', SCRIPT, file, sql, JSON.stringify(parameters)];
	const { stdout } = await promisify(execFile)(node, args, { maxBuffer: LARGEST_RESULT });
	return JSON.parse(stdout) as DatabaseRow[];
}
