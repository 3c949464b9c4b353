import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The project's folder. */
export const PROJECT_FOLDER = join(__dirname, '..');

/** What the sandbox makes for good: the installations and the packed tarball. Git ignores it. */
export const SANDBOX_FOLDER = join(PROJECT_FOLDER, '.n8n-sandbox');

const checkout = createHash('sha256').update(PROJECT_FOLDER).digest('hex').slice(0, 8);

/**
 * n8n's data folder of `npm start`. It must lie outside the project: below it the node would find the project's own
 * n8n-workflow, which no user has.
 */
export const USER_FOLDER = join(tmpdir(), `n8n-nodes-complycube-${checkout}`);

/** The n8n releases that `sandbox/n8n/<version>/` pins, the newest first. */
export const N8N_VERSIONS = ['2.40.7', '1.123.81'];

/** The one that `npm start` and the tests run; `npm run test:compat` sets it. */
export const N8N_VERSION = process.env.SANDBOX_N8N_VERSION ?? N8N_VERSIONS[0];

/** The packed package that the tests run, instead of one that they build and pack; `npm run test:compat` sets it. */
export const GIVEN_TARBALL = process.env.SANDBOX_TARBALL;
