import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { prepareHost } from './host.mjs';
import { n8nEnvironment } from './n8n-environment.mjs';
import { root } from './paths.mjs';
import { freePort } from './ports.mjs';
import { loginsOf } from './user-folder.mjs';

/**
 * Starts an n8n worker beside the n8n of `userFolder`, which was started before; `env` as for that one. It leads a
 * process group of its own, and ends with this process. Resolves at once; `healthUrl` answers when it is ready.
 */
export async function startN8nWorker({ userFolder, env, logFile }) {
	const { node, n8nFolder } = await prepareHost();
	const [port, brokerPort, healthPort] = [await freePort(), await freePort(), await freePort()];
	const logins = loginsOf(userFolder, n8nFolder);
	const extra = {
		...env,
		QUEUE_HEALTH_CHECK_ACTIVE: 'true',
		QUEUE_HEALTH_CHECK_PORT: String(healthPort),
	};
	const log = openSync(logFile, 'a', 0o600);
	const child = spawn(
		node,
		[
			...['--require', join(root, 'scripts', 'lib', 'end-with-parent.cjs')],
			...[join(n8nFolder, 'node_modules', 'n8n', 'bin', 'n8n'), 'worker', '--concurrency=5'],
		],
		{
			cwd: userFolder,
			env: n8nEnvironment({ node, userFolder, port, brokerPort, logins, extra }),
			detached: process.platform !== 'win32',
			stdio: ['ignore', log, log, 'ipc'],
		},
	);
	closeSync(log);
	return { child, healthUrl: `http://127.0.0.1:${healthPort}/healthz` };
}
