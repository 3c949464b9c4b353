import { join } from 'node:path';

/** The project's root folder. */
export const PROJECT_FOLDER = join(__dirname, '..', '..');

/** Where the sandbox keeps what it makes once: n8n's installations and the packed package. Git ignores it. */
export const SANDBOX_FOLDER = join(PROJECT_FOLDER, '.n8n-sandbox');
