import { join } from 'node:path';

/** The project's folder. */
export const PROJECT_FOLDER = join(__dirname, '..');

/** Everything the sandbox makes: installations, the packed tarball, the user folder. Git ignores it. */
export const SANDBOX_FOLDER = join(PROJECT_FOLDER, '.n8n-sandbox');

/** The n8n release that `npm start` and the end-to-end tests run, as in `sandbox/n8n-<version>/`. */
export const N8N_VERSION = '2.40.7';
