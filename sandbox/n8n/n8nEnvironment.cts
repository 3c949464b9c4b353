import { generationOf } from './n8nGeneration.cts';
import { N8N_VERSION } from './versions.cts';

/** The environment variables that n8n inherits; no `N8N_*` and no `NODE_OPTIONS`. */
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

/** Makes n8n contact nothing outside this machine and ask its user no questions. */
const QUIET_N8N = {
	NODE_ENV: 'production',
	GENERIC_TIMEZONE: 'UTC',
	NO_PROXY: '127.0.0.1,localhost',
	no_proxy: '127.0.0.1,localhost',
	DB_TYPE: 'sqlite',
	N8N_LISTEN_ADDRESS: '127.0.0.1',
	N8N_HOST: '127.0.0.1',
	N8N_RUNNERS_BROKER_LISTEN_ADDRESS: '127.0.0.1',
	// Safari keeps no secure cookies for plain HTTP, not even for this machine.
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
	// Seconds that running executions get when n8n is stopped.
	N8N_GRACEFUL_SHUTDOWN_TIMEOUT: '5',
};

/**
 * The environment variables of a process of n8n.
 *
 * @param userFolder n8n keeps its data in `.n8n` inside it
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
