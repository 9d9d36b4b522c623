import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { folderBlobStore } from '../adapters/blob/folder-blob-store';
import {
	openBus as openTransport,
	type TransportKind,
	type TransportOptions,
} from '../adapters/bus/open-bus';
import { readRows } from '../adapters/ingest/read-rows';
import { smtpMailer } from '../adapters/mail/smtp-mailer';
import { openStore, type StoreOptions, type TypeOrmStore } from '../adapters/store/open-store';
import type { FeedListener, FeedRun, FeedRunOptions } from '../app/feed/feed-run';
import type { Fleet } from '../app/fleet';
import { runImport } from '../app/imports/run-import';
import type { BlobStore } from '../app/ports/blob-store';
import type { Mailer } from '../app/ports/mailer';
import type { MessageBus } from '../app/ports/message-bus';
import type { Import } from '../domain/import';
import { startFeedThread } from '../runner/start-feed-thread';
import { kafkaOptions, mqttOptions, redisOptions, smtpOptions, storeOptions } from './connection-options';
import {
	optionalCredential,
	type CredentialContext,
	type FleetKafkaCredential,
	type FleetMqttCredential,
	type FleetRedisCredential,
	type FleetSmtpCredential,
	type FleetStoreCredential,
} from './credentials';
import { fleetFolder } from './fleet-folder';

export type Transport = TransportKind;

/**
 * One store for each distinct set of options, for as long as the process lives: SQLite has one writer, and
 * PostgreSQL one pool. Nobody closes it; a store that could not be opened is tried anew at the next call.
 */
const stores = new Map<string, Promise<TypeOrmStore>>();

async function storeOptionsOf(context: CredentialContext, itemIndex?: number): Promise<StoreOptions> {
	return storeOptions(await optionalCredential<FleetStoreCredential>(context, 'fleetStoreApi', itemIndex));
}

async function storeOf(context: CredentialContext, itemIndex?: number): Promise<TypeOrmStore> {
	const options = await storeOptionsOf(context, itemIndex);
	const key = JSON.stringify(options);
	const known = stores.get(key);
	if (known) return await known;
	const opening = openStore(options);
	stores.set(key, opening);
	try {
		return await opening;
	} catch (error) {
		stores.delete(key);
		throw error;
	}
}

/** The fleet of the node's store credential, or of the embedded store. Rejects with `StoreUnavailableError`. */
export async function openFleet(context: CredentialContext, itemIndex?: number): Promise<Fleet> {
	return { store: await storeOf(context, itemIndex), clock: Date.now };
}

async function transportOptions(
	context: CredentialContext,
	kind: Transport,
	itemIndex?: number,
): Promise<TransportOptions> {
	if (kind === 'embedded') return { kind };
	if (kind === 'kafka') {
		const credential = await context.getCredentials<FleetKafkaCredential>('fleetKafkaApi', itemIndex);
		return { kind, kafka: kafkaOptions(credential) };
	}
	if (kind === 'mqtt') {
		const credential = await context.getCredentials<FleetMqttCredential>('fleetMqttApi', itemIndex);
		return { kind, mqtt: mqttOptions(credential) };
	}
	const credential = await context.getCredentials<FleetRedisCredential>('fleetRedisApi', itemIndex);
	return { kind, redis: redisOptions(credential) };
}

/** A bus of the caller's own, who closes it. The embedded one works on the store of the node's credential. */
export async function openBus(
	context: CredentialContext,
	transport: Transport,
	itemIndex?: number,
): Promise<MessageBus> {
	const { database } = await storeOf(context, itemIndex);
	return openTransport(await transportOptions(context, transport, itemIndex), database);
}

/** Reads and evaluates a feed in a thread, with the node's credentials; see `startFeedThread`. */
export async function startFeed(
	context: CredentialContext,
	transport: Transport,
	run: FeedRunOptions,
	listener: FeedListener,
): Promise<FeedRun> {
	const job = {
		store: await storeOptionsOf(context),
		transport: await transportOptions(context, transport),
		// The node's name, too: two triggers of one process may read a feed of one name over different transports.
		run: { ...run, process: `${hostname()}:${process.pid} ${context.getNode().name}` },
	};
	return await startFeedThread(job, listener);
}

/** Null when the node has no SMTP credential chosen; else a mailer of the caller's own, who closes it. */
export async function openMailer(context: CredentialContext, itemIndex?: number): Promise<Mailer | null> {
	const smtp = await optionalCredential<FleetSmtpCredential>(context, 'fleetSmtpApi', itemIndex);
	return smtp && smtpMailer(smtpOptions(smtp));
}

/** Uploaded files, beside the embedded store's file. */
export function openBlobs(): BlobStore {
	return folderBlobStore(join(fleetFolder(), 'files'));
}

/** Runs one import of the fleet on the uploaded files that are here; see `runImport`. */
export async function runQueuedImport(fleet: Fleet, id?: number): Promise<Import | null> {
	const deps = { fleet, blobs: openBlobs(), readers: readRows, newToken: randomUUID };
	return await runImport(deps, id === undefined ? {} : { id });
}

/** For tests and for processes that end: closes what was opened, after which it is opened anew when needed. */
export async function closeStores(): Promise<void> {
	const opened = [...stores.values()];
	stores.clear();
	for (const store of await Promise.allSettled(opened)) {
		if (store.status === 'fulfilled') await store.value.close();
	}
}

export * as records from './records';
export { performActions } from '../app/actions/perform-actions';
export { createImport } from '../app/imports/create-import';
export { previewImport } from '../app/imports/preview-import';
export { readRows } from '../adapters/ingest/read-rows';
export { feedProcessor } from '../app/feed/process-batch';
export { parseStatusMessages } from '../domain/message-formats/message-reader';
export { checkKafka } from '../adapters/bus/kafka';
export { checkMqtt } from '../adapters/bus/check-mqtt';
export { checkRedis } from '../adapters/bus/check-redis';
export { checkSmtp } from '../adapters/mail/smtp-mailer';
export { checkStore } from '../adapters/store/open-store';
