import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TransportOptions } from '../../src/adapters/bus/open-bus';
import type { StoreOptions } from '../../src/adapters/store/store-options';
import type { Proxy } from '../contracts/bus/proxy';
import { freePort } from '../lib/services/child-service';
import { buildN8n } from './build-n8n';
import { buildTransport } from './build-transport';
import { type Disk, makeDisk } from './disk';
import { FEED, FUTURE_SECONDS } from './fleet-under-test';
import { part, type Part, runScript } from './parts';
import type { MailerJob } from './processes/mailer';
import type { Scenario } from './scenarios';
import { postgresServer, type Postgres } from './servers';
import type { Guard } from './start-guard';

/** Of which each sends what the other one has not claimed. */
const MAILERS = 2;

/** Files that Node runs. `worker`: the package's command. */
export interface Scripts {
	readonly guard: string;
	readonly producer: string;
	readonly worker: string;
	readonly mailer: string;
	readonly mailSink: string;
}

/** All that a scenario runs, each part at a place of its own, none of them started. */
export interface Rig {
	/** In the order in which they start. */
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
	/** One more feed worker, for coming and going; null where there are none. */
	readonly guest: Part | null;
	/** When all parts are up for the first time. */
	prepare(): Promise<void>;
	/** Deactivates the feed's workflow and activates it again; null without one. */
	readonly toggle: (() => Promise<void>) | null;
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
	const parts: Part[] = [];
	let store: StoreOptions = { kind: 'sqlite', path: join(storeDisk.path, 'fleet.sqlite') };
	let postgres: Postgres | null = null;
	if (scenario.store === 'postgres') {
		postgres = await postgresServer(guard, storeDisk);
		parts.push(postgres.part);
		store = { kind: 'postgres', url: postgres.urlOf('fleet') };
	}
	const carrier = await buildTransport(scenario, { guard, leaseMs, disk });
	const { proxy, transport, consumers } = carrier;
	parts.push(...carrier.parts);

	const mails = join(folder, 'mails');
	const smtpPort = await freePort();
	parts.push(script('mail sink', 'mail-sink', scripts.mailSink, String(smtpPort), mails));
	const mailerJob: MailerJob = { store, smtpPort };
	for (let number = 1; scenario.n8n === null && number <= MAILERS; number++)
		parts.push(script('mailer', `mailer-${number}`, scripts.mailer, JSON.stringify(mailerJob)));
	const worker = (name: string) => {
		const config = join(folder, `${name}.json`);
		const run = { group: 'fleet', batchSize: 100, futureToleranceSeconds: FUTURE_SECONDS };
		const feed = { ...run, feed: FEED, transport: flat(consumers) };
		writeFileSync(config, JSON.stringify({ name, store, feeds: [feed] }));
		return script('feed worker', name, scripts.worker, 'worker', '--config', config);
	};
	for (let number = 1; number <= scenario.feedWorkers; number++) parts.push(worker(`worker-${number}`));
	const n8n = await buildN8n(scenario, { guard, folder, smtpPort, store, postgres, carrier });
	parts.push(...n8n.parts);
	return {
		...{ parts, disks: [storeDisk, ...carrier.disks], proxy, store, transport, mails, smtpPort },
		guest: scenario.feedWorkers > 0 ? worker('guest') : null,
		prepare: n8n.prepare,
		toggle: n8n.toggle,
	};
}

/** As a worker's file says it: kind and options in one. */
function flat(transport: TransportOptions): object {
	switch (transport.kind) {
		case 'redisStreams':
			return { kind: transport.kind, ...transport.redis };
		case 'kafka':
			return { kind: transport.kind, ...transport.kafka };
		default:
			return transport;
	}
}
