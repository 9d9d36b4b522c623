import { join } from 'node:path';
import { envWithNode } from './npm.mjs';

const FOREIGN =
	/^(N8N_|DB_|QUEUE_|EXECUTIONS_|CREDENTIALS_|JEST_|WEBHOOK_URL$|NODE_OPTIONS$|NODE_PATH$|NODE_ENV$)/;

/** The shell's own settings of n8n and its database must not reach into this one. */
function withoutForeignSettings(env) {
	return Object.fromEntries(Object.entries(env).filter(([name]) => !FOREIGN.test(name)));
}

/** The folder whose files the shipped workflows may read. */
export function inboxFolderOf(userFolder) {
	return join(userFolder, 'inbox');
}

/**
 * n8n's settings: reachable from this machine only, no calls to the outside, its owner known without the browser's
 * set-up page. `extra` wins over all.
 */
export function n8nEnvironment({ node, userFolder, port, brokerPort, logins, extra }) {
	return {
		...withoutForeignSettings(envWithNode(node)),
		N8N_USER_FOLDER: userFolder,
		N8N_ENCRYPTION_KEY: logins.encryptionKey,
		N8N_ENFORCE_SETTINGS_FILE_PERMISSIONS: 'true',
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_HOST: '127.0.0.1',
		N8N_PORT: String(port),
		N8N_RUNNERS_BROKER_PORT: String(brokerPort),
		N8N_EDITOR_BASE_URL: `http://127.0.0.1:${port}/`,
		WEBHOOK_URL: `http://127.0.0.1:${port}/`,
		N8N_SECURE_COOKIE: 'false',
		GENERIC_TIMEZONE: Intl.DateTimeFormat().resolvedOptions().timeZone,
		N8N_INSTANCE_OWNER_MANAGED_BY_ENV: 'true',
		N8N_INSTANCE_OWNER_EMAIL: logins.ownerEmail,
		N8N_INSTANCE_OWNER_PASSWORD_HASH: logins.ownerPasswordHash,
		N8N_INSTANCE_OWNER_FIRST_NAME: 'Fleet',
		N8N_INSTANCE_OWNER_LAST_NAME: 'Owner',
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_HIRING_BANNER_ENABLED: 'false',
		// `community-packages` must never be named here: that module loads the package.
		N8N_DISABLED_MODULES: 'mcp-registry,insights',
		N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
		N8N_RESTRICT_FILE_ACCESS_TO: inboxFolderOf(userFolder),
		// Without it n8n answers a broken request with its stack trace, and never slows down who guesses passwords.
		NODE_ENV: 'production',
		NO_COLOR: '1',
		...extra,
	};
}
