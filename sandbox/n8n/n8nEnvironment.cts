import { generationOf } from './n8nGeneration.cts';
import { N8N_VERSION } from './versions.cts';

/** What n8n may see of the environment it is started from: no `N8N_*`, no `NODE_OPTIONS`. */
const INHERITED = [
	'PATH',
	'HOME',
	'TMPDIR',
	'LANG',
	'HTTP_PROXY',
	'HTTPS_PROXY',
	'http_proxy',
	'https_proxy',
	'NODE_EXTRA_CA_CERTS',
	'SSL_CERT_FILE',
];

/** An n8n that keeps to this machine and does not ask the person in front of it anything. */
const QUIET_N8N = {
	NODE_ENV: 'production',
	GENERIC_TIMEZONE: 'UTC',
	NO_PROXY: '127.0.0.1,localhost',
	no_proxy: '127.0.0.1,localhost',
	DB_TYPE: 'sqlite',
	N8N_LISTEN_ADDRESS: '127.0.0.1',
	N8N_HOST: '127.0.0.1',
	N8N_RUNNERS_BROKER_LISTEN_ADDRESS: '127.0.0.1',
	// Plain HTTP: Safari keeps no secure cookies for it, not even on this machine.
	N8N_SECURE_COOKIE: 'false',
	N8N_DIAGNOSTICS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
	N8N_DYNAMIC_BANNERS_ENABLED: 'false',
	N8N_HIRING_BANNER_ENABLED: 'false',
	N8N_TEMPLATES_ENABLED: 'false',
	N8N_PERSONALIZATION_ENABLED: 'false',
	N8N_VERIFIED_PACKAGES_ENABLED: 'false',
	N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
	EXTERNAL_FRONTEND_HOOKS_URLS: '',
	// Seconds that executions get to end by themselves on a stop.
	N8N_GRACEFUL_SHUTDOWN_TIMEOUT: '5',
};

/**
 * Environment variables for an n8n of its own.
 *
 * @param userFolder n8n keeps its data in `.n8n` below it
 * @param port Port of the editor, the REST API and webhooks
 * @param brokerPort Port on which n8n talks to its task runners
 * @param version n8n's version
 */
export function n8nEnvironment(
	userFolder: string,
	port: number,
	brokerPort: number,
	version = N8N_VERSION,
): NodeJS.ProcessEnv {
	const inherited = INHERITED.filter((name) => process.env[name] !== undefined).map((name) => [
		name,
		process.env[name],
	]);
	return {
		...Object.fromEntries(inherited),
		...QUIET_N8N,
		...generationOf(version).environment,
		N8N_USER_FOLDER: userFolder,
		N8N_PORT: String(port),
		N8N_RUNNERS_BROKER_PORT: String(brokerPort),
		N8N_EDITOR_BASE_URL: `http://127.0.0.1:${port}`,
		WEBHOOK_URL: `http://127.0.0.1:${port}/`,
	};
}
