import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { TransportOptions } from '../../src/adapters/bus/open-bus';
import type { StoreOptions } from '../../src/adapters/store/store-options';
import type { Proxy } from '../contracts/bus/proxy';
import { buildTransport } from './build-transport';
import { freePort } from '../lib/services/child-service';
import { type Disk, makeDisk } from './disk';
import { part, type Part, runScript } from './parts';
import type { FeedJob } from '../../src/runner/feed-job';
import type { MailerJob } from './processes/mailer';
import type { Scenario } from './scenarios';
import { postgresServer } from './servers';
import type { Guard } from './start-guard';

export const FEED = 'fleet.kill';
/** Reports carry times ahead of the clock: see `REPORTING`. */
export const MAX_FUTURE_MS = 3_650 * 86_400_000;

/** Of which each sends what the other one has not claimed. */
const MAILERS = 2;

/** Compiled scripts of the processes. */
export interface Scripts {
	readonly guard: string;
	readonly producer: string;
	readonly consumer: string;
	readonly mailer: string;
	readonly mailSink: string;
}

/** All that a scenario runs, each part at a place of its own, none of them started. */
export interface Rig {
	readonly folder: string;
	readonly parts: readonly Part[];
	readonly disks: readonly Disk[];
	/** Between the consumers and the transport's server; null where it has none. */
	readonly proxy: Proxy | null;
	readonly store: StoreOptions;
	/** As the producer reaches it. */
	readonly transport: TransportOptions;
	/** Message-IDs, as the mail server took them. */
	readonly mails: string;
	readonly smtpPort: number;
	/** One more feed worker, for coming and going. */
	readonly guest: Part;
}

export interface RigOptions {
	readonly guard: Guard;
	readonly scripts: Scripts;
	readonly folder: string;
	/** How long a reader that is silent keeps its messages from the others. */
	readonly leaseMs: number;
	readonly diskMegabytes: number;
}

export async function buildRig(scenario: Scenario, options: RigOptions): Promise<Rig> {
	const { guard, scripts, folder, leaseMs, diskMegabytes } = options;
	const logs = join(folder, 'logs');
	mkdirSync(logs, { recursive: true });
	const disk = (name: string) => makeDisk(guard, folder, name, diskMegabytes);
	const script = (role: Part['role'], name: string, file: string, ...args: string[]) =>
		part(guard, role, name, async () => await runScript(file, args, join(logs, `${name}.log`)));

	const storeDisk = disk('store');
	const disks = [storeDisk];
	const parts: Part[] = [];
	let store: StoreOptions = { kind: 'sqlite', path: join(storeDisk.path, 'fleet.sqlite') };
	if (scenario.store === 'postgres') {
		const postgres = await postgresServer(guard, storeDisk);
		parts.push(postgres.part);
		store = { kind: 'postgres', url: postgres.urlOf('fleet') };
	}
	const carrier = await buildTransport(scenario, { guard, leaseMs, disk });
	parts.push(...carrier.parts);
	disks.push(...carrier.disks);
	const { proxy, transport } = carrier;

	const mails = join(folder, 'mails');
	const smtpPort = await freePort();
	parts.push(script('mail sink', 'mail-sink', scripts.mailSink, String(smtpPort), mails));
	if (scenario.n8n === null) {
		const job: MailerJob = { store, smtpPort };
		for (let number = 1; number <= MAILERS; number++)
			parts.push(script('mailer', `mailer-${number}`, scripts.mailer, JSON.stringify(job)));
	}
	const worker = (name: string) => {
		const job: FeedJob = {
			store,
			transport: carrier.consumers,
			run: { feed: FEED, group: 'fleet', batchSize: 100, maxFutureMs: MAX_FUTURE_MS, process: name },
		};
		return script('feed worker', name, scripts.consumer, JSON.stringify(job));
	};
	for (let number = 1; number <= scenario.feedWorkers; number++) parts.push(worker(`worker-${number}`));
	return { folder, parts, disks, proxy, store, transport, mails, smtpPort, guest: worker('guest') };
}
