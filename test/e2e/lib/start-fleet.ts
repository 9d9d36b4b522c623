import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { type FleetDesk, fleetDesk } from '../../../scripts/demo/fleet-desk.mjs';
import { type N8n } from '../../../scripts/demo/run-node.mjs';
import { type Host, type HostOptions, startHost } from '../../../scripts/lib/host.mjs';
import { logIn } from '../../../scripts/lib/n8n-client.mjs';
import { addressesOf } from '../../../scripts/lib/shipped-addresses.mjs';

/** A first start on a busy machine: its migrations alone take a while. Give it to `beforeAll`. */
export const START_WITHIN_MS = 240_000;

export type FleetN8n = N8n & Host & { readonly addresses: ReturnType<typeof addressesOf> };

export interface RunningFleet {
	readonly host: Host;
	/** The host, with its owner logged in: what the scripts of the demo take. */
	readonly n8n: FleetN8n;
	/** The Fleet nodes of this n8n, called over HTTP. */
	readonly desk: FleetDesk;
	/** The same fleet in a new n8n, after this one was ended or has ended. */
	restart(): Promise<RunningFleet>;
	/** Ends n8n and removes its folder. */
	stop(): Promise<void>;
}

type FleetOptions = Pick<HostOptions, 'env' | 'smtpPort' | 'workflowsFolder'>;

/** A real n8n of the test's own, with the package and the shipped workflows, on a free port of loopback. */
export async function startFleet(options: FleetOptions = {}): Promise<RunningFleet> {
	return await startIn(await mkdtemp(join(tmpdir(), 'fleet-e2e-')), options);
}

async function startIn(userFolder: string, options: FleetOptions): Promise<RunningFleet> {
	const host = await startHost({ ...options, userFolder });
	const stop = async () => {
		await host.stop();
		await rm(userFolder, { recursive: true, force: true });
	};
	const restart = async () => {
		await host.stop();
		return await startIn(userFolder, options);
	};
	try {
		const call = await logIn(host.url, host);
		const n8n = { ...host, call, addresses: addressesOf(host.url) };
		return { host, n8n, desk: fleetDesk(n8n), restart, stop };
	} catch (error) {
		await stop();
		throw error;
	}
}
