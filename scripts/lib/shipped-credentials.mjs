import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { writePrivately } from './user-folder.mjs';
import { readJson, sha256 } from './paths.mjs';
import { CommandError, mustRun } from './run.mjs';

/** The local mail sink's port that `npm run demo` listens on; a fleet's own mail server goes into the credential. */
export const DEMO_SMTP_PORT = 2525;

/** Credentials that the shipped workflows name, with ids that never change. */
function shippedCredentials(logins, smtpPort) {
	return [
		{
			id: 'fleetUploadForm',
			name: 'Fleet upload form',
			type: 'httpBasicAuth',
			data: { user: logins.formUser, password: logins.formPassword },
		},
		{
			id: 'fleetUploadApi',
			name: 'Fleet upload API',
			type: 'httpHeaderAuth',
			data: { name: logins.apiHeaderName, value: logins.apiHeaderValue },
		},
		{
			id: 'fleetSmtp',
			name: 'Fleet mail',
			type: 'fleetSmtpApi',
			data: { host: '127.0.0.1', port: smtpPort, security: 'none', from: 'fleet@fleet.example' },
		},
	];
}

/**
 * Imports the credentials that this n8n has never been given, or that are generated differently now. One that was
 * changed in the editor stays as it is. n8n's own command does it, since only that keeps an id.
 */
export async function importCredentials({ n8nCommand, userFolder, logins, smtpPort = DEMO_SMTP_PORT, env }) {
	const recordPath = join(userFolder, 'shipped-credentials.json');
	const known = readJson(recordPath) ?? {};
	const hashOf = (credential) => sha256(JSON.stringify(credential));
	const due = shippedCredentials(logins, smtpPort).filter((each) => known[each.id] !== hashOf(each));
	if (due.length === 0) return 0;
	const file = join(userFolder, 'credentials-to-import.json');
	writePrivately(file, due);
	try {
		const [node, ...args] = n8nCommand(['import:credentials', `--input=${file}`]);
		const output = await mustRun('n8n did not take the shipped credentials', node, args, {
			cwd: userFolder,
			env,
		});
		// The command ends with 0 even when it fails.
		if (!/Successfully imported/.test(output)) {
			throw new CommandError('n8n did not take the shipped credentials', output);
		}
	} finally {
		rmSync(file, { force: true });
	}
	writePrivately(recordPath, { ...known, ...Object.fromEntries(due.map((each) => [each.id, hashOf(each)])) });
	return due.length;
}
