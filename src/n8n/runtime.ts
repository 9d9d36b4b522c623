import { hostname } from 'node:os';
import { join } from 'node:path';
import { type BlobOptions, openBlobStore } from '../adapters/blob/open-blob-store';
import {
	openBus as openTransport,
	type TransportKind,
	type TransportOptions,
} from '../adapters/bus/open-bus';
import { smtpMailer } from '../adapters/mail/smtp-mailer';
import { openStore, type StoreOptions, type TypeOrmStore } from '../adapters/store/open-store';
import type { FeedListener, FeedRun, FeedRunOptions } from '../app/feed/feed-run';
import type { Fleet } from '../app/fleet';
import { BlobNotFoundError } from '../app/errors';
import type { BlobStore } from '../app/ports/blob-store';
import type { Mailer } from '../app/ports/mailer';
import type { MessageBus } from '../app/ports/message-bus';
import type { RemoteFiles } from '../app/ports/remote-files';
import type { ImportJob, ImportResults, ImportTask } from '../runner/import-job';
import { startFeedThread } from '../runner/start-feed-thread';
import { startImportJob } from '../runner/start-import-job';
import { s3Files as filesOfBucket } from '../adapters/remote/s3-files';
import {
	kafkaOptions,
	mqttOptions,
	redisOptions,
	s3Options,
	smtpOptions,
	storeOptions,
} from './connection-options';
import {
	optionalCredential,
	type CredentialContext,
	type FleetKafkaCredential,
	type FleetMqttCredential,
	type FleetRedisCredential,
	type FleetS3Credential,
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

/** Beside the embedded store's file. */
const uploadFolder = (): BlobOptions => ({ kind: 'folder', path: join(fleetFolder(), 'files') });

/** Where uploaded files are kept: in the bucket of the node's S3 credential, or without one in n8n's own folder. */
async function blobOptions(context: CredentialContext, itemIndex?: number): Promise<BlobOptions> {
	const credential = await optionalCredential<FleetS3Credential>(context, 'fleetS3Api', itemIndex);
	return credential ? { kind: 's3', ...s3Options(credential) } : uploadFolder();
}

/** Where new files are to be kept. */
export async function openBlobs(context: CredentialContext, itemIndex?: number): Promise<BlobStore> {
	return openBlobStore(await blobOptions(context, itemIndex));
}

/** Where an uploaded file is: also files from before an S3 credential was chosen. Null when it is not to be found here. */
async function placeOf(
	context: CredentialContext,
	blobKey: string,
	itemIndex?: number,
): Promise<BlobOptions | null> {
	const folder = uploadFolder();
	try {
		(await openBlobStore(folder).open(blobKey)).destroy();
		return folder;
	} catch (error) {
		if (!(error instanceof BlobNotFoundError)) throw error;
	}
	const options = await blobOptions(context, itemIndex);
	return options.kind === 's3' ? options : null;
}

/** The store that has the file; rejects with `BlobNotFoundError` when there is none. */
export async function openBlobsWith(
	context: CredentialContext,
	blobKey: string,
	itemIndex?: number,
): Promise<BlobStore> {
	const place = await placeOf(context, blobKey, itemIndex);
	if (place) return openBlobStore(place);
	throw new BlobNotFoundError(blobKey);
}

export async function hasBlob(
	context: CredentialContext,
	blobKey: string,
	itemIndex?: number,
): Promise<boolean> {
	return (await placeOf(context, blobKey, itemIndex)) !== null;
}

/** False when it is not to be found here. */
export async function removeBlob(
	context: CredentialContext,
	blobKey: string,
	itemIndex?: number,
): Promise<boolean> {
	const place = await placeOf(context, blobKey, itemIndex);
	return place !== null && (await openBlobStore(place).remove(blobKey));
}

/** Does it in threads, on the store of the node's credential and the place where the file is; see `startImportJob`. */
export async function startImportTask<T extends ImportTask>(
	context: CredentialContext,
	task: T,
	blobKey: string,
	itemIndex?: number,
): Promise<ImportResults[T['task']]> {
	const blobs = (await placeOf(context, blobKey, itemIndex)) ?? (await blobOptions(context, itemIndex));
	const place = { store: await storeOptionsOf(context, itemIndex), blobs };
	return await startImportJob({ ...task, ...place } as ImportJob & T);
}

/** The bucket of the node's S3 credential, and the prefix of uploaded files in it. */
export async function openBucket(
	context: CredentialContext,
	itemIndex?: number,
): Promise<{ readonly files: RemoteFiles; readonly bucket: string; readonly uploads: string }> {
	const options = s3Options(await context.getCredentials<FleetS3Credential>('fleetS3Api', itemIndex));
	return { files: filesOfBucket(options), bucket: options.bucket, uploads: options.prefix };
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
export { readRows } from '../adapters/ingest/read-rows';
export { writeErrorFile } from '../app/imports/write-error-file';
export { writeRefused } from '../adapters/export/write-refused';
export { exportList } from '../app/exports/export-list';
export { writeTable } from '../adapters/export/write-table';
export { feedProcessor } from '../app/feed/process-batch';
export { parseStatusMessages } from '../domain/message-formats/message-reader';
export { checkKafka } from '../adapters/bus/kafka';
export { checkMqtt } from '../adapters/bus/check-mqtt';
export { checkRedis } from '../adapters/bus/check-redis';
export { checkS3 } from '../adapters/s3/check-s3';
export { checkSmtp } from '../adapters/mail/smtp-mailer';
export { fetchFile } from '../adapters/remote/fetch-file';
export { parseAddress } from '../adapters/remote/file-address';
export { checkStore } from '../adapters/store/open-store';
