import type { Login } from './n8nClient.cts';

/** The owner of every n8n that the sandbox starts. */
export const LOGIN: Login = { email: 'owner@example.com', password: 'Sandbox-Owner-1' };
