import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where the embedded store and the uploaded files live: in n8n's own folder, so that its backup has them too. */
export function fleetFolder(): string {
	return join(process.env.N8N_USER_FOLDER ?? homedir(), '.n8n', 'fleet');
}
