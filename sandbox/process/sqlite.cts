import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

import type { DatabaseRow } from './databaseRow.cts';

/** Needs a Node.js with sqlite, such as n8n's own; the one that runs this project may be too old. */
const SCRIPT = `
	const { DatabaseSync } = require('node:sqlite');
	const [file, sql, parameters] = process.argv.slice(1);
	const database = new DatabaseSync(file);
	database.exec('PRAGMA busy_timeout = 5000');
	console.log(JSON.stringify(database.prepare(sql).all(...JSON.parse(parameters))));
`;

const LARGEST_RESULT = 64 * 1024 * 1024;

/**
 * Runs one SQL statement in a sqlite database, in a process of its own.
 *
 * @param node Path of a Node.js that has `node:sqlite`
 * @param file The database's file
 * @param parameters Values for the statement's question marks
 * @throws Error with sqlite's message when it rejects the statement
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
