import { randomBytes } from 'node:crypto';

/** API keys that exist nowhere else, so that finding one in anything n8n wrote proves a leak. */
export const TEST_KEY = `test_${randomBytes(16).toString('hex')}`;
export const LIVE_KEY = `live_${randomBytes(16).toString('hex')}`;
