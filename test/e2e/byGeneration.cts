import { N8N_VERSION } from '../../sandbox/n8n/versions.cts';

/** Picks what to expect where n8n's major versions behave differently, for the version under test. */
export const byGeneration = <Expected,>(expected: Record<'n8n 1' | 'n8n 2', Expected>): Expected =>
	expected[N8N_VERSION.startsWith('1.') ? 'n8n 1' : 'n8n 2'];

/** A test in one version of n8n only: it waits for minutes, and shows the package's own behaviour rather than n8n's. */
export const itOnce = byGeneration({ 'n8n 1': it.skip, 'n8n 2': it });
