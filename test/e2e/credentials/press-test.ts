import type { RunningFleet } from '../lib/start-fleet';

export interface Surroundings {
	readonly fleet: RunningFleet;
	/** A port on which nobody listens. */
	readonly nobody: number;
}

export interface Verdict {
	readonly status: string;
	readonly message: string;
}

/** What the button "Test" of n8n's credential dialog does. */
export async function pressTest({ fleet }: Surroundings, type: string, data: object): Promise<Verdict> {
	const credentials = { id: '', name: 'Under test', type, data };
	return await fleet.n8n.call('POST', '/credentials/test', { credentials });
}
