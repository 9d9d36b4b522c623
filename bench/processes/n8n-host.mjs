import { createRequire } from 'node:module';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { startHost } from '../../scripts/lib/host.mjs';

/** An n8n without workflows, for the process that forks this one: `n8n-host.mjs FOLDER`. Ends with it. */
const userFolder = process.argv[2];
const workflowsFolder = join(userFolder, 'no-workflows');
mkdirSync(workflowsFolder, { recursive: true });
const probe = createRequire(import.meta.url).resolve('./event-loop-probe.cjs');
const env = {
	NODE_OPTIONS: `--require ${probe}`,
	FLEET_EVENT_LOOP_FOLDER: userFolder,
	N8N_RESTRICT_FILE_ACCESS_TO: userFolder,
};
const host = await startHost({ userFolder, workflowsFolder, env });
process.once('disconnect', () => void host.stop().then(() => process.exit(0)));
process.send({
	url: host.url,
	pid: host.pid,
	ownerEmail: host.ownerEmail,
	ownerPassword: host.ownerPassword,
});
