import { N8N_VERSION } from '../../sandbox/n8n/versions.cts';

/** Picks what to expect where n8n's major versions behave differently, for the version under test. */
export const byGeneration = <Expected,>(expected: Record<'n8n 1' | 'n8n 2', Expected>): Expected =>
	expected[N8N_VERSION.startsWith('1.') ? 'n8n 1' : 'n8n 2'];
