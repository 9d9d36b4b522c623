/**
 * Publishes the messages of a seed at a rate, each batch until the transport acknowledges it, then writes the batch
 * into the ledger. After SIGTERM it publishes what it held back, then ends: `producer.cjs JOB`.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { openBus, type TransportOptions } from '../../../src/adapters/bus/open-bus';
import { openDatabase } from '../../../src/adapters/store/database';
import type { StoreOptions } from '../../../src/adapters/store/store-options';
import { appendToLedger } from '../ledger';
import { messageSource, type Publication } from '../message-source';

export interface ProducerJob {
	readonly transport: TransportOptions;
	/** Of the embedded transport. */
	readonly store: StoreOptions;
	readonly feed: string;
	readonly seed: number;
	readonly beginsAt: number;
	readonly perSecond: number;
	readonly ledger: string;
}

const EVERY_MS = 100;
const AGAIN_AFTER_MS = 200;
/** No connection is waited for for ever: a frozen one is dropped and the batch is published over a new one. */
const ANSWER_WITHIN_MS = 15_000;

async function main(job: ProducerJob): Promise<void> {
	const source = messageSource(job.seed, job.beginsAt);
	const database = await untilDone(async () => await openDatabase(job.store));
	const open = () => openBus(job.transport, database);
	let bus = open();
	const publish = async (batch: readonly Publication[]) => {
		await untilDone(async () => {
			try {
				await within(ANSWER_WITHIN_MS, bus.publish(job.feed, batch));
			} catch (error) {
				void bus.close().catch(() => undefined);
				bus = open();
				throw error;
			}
		});
		appendToLedger(job.ledger, batch);
	};
	const size = Math.max(1, Math.round((job.perSecond * EVERY_MS) / 1000));
	const batchOf = () => Array.from({ length: size }, () => source.next());
	let isEnding = false;
	process.once('SIGTERM', () => {
		isEnding = true;
	});
	while (!isEnding) {
		// What an outage has held up is not made up for: the rate stays.
		const pause = sleep(EVERY_MS);
		await publish(batchOf());
		await pause;
	}
	const rest = source.rest();
	for (let done = 0; done < rest.length; done += size) await publish(rest.slice(done, done + size));
	await bus.close();
	await database.close();
}

async function within(ms: number, work: Promise<void>): Promise<void> {
	const late = sleep(ms, undefined, { ref: false }).then(() => {
		throw new Error(`No answer within ${ms} ms`);
	});
	await Promise.race([work, late]);
}

/** Tries for ever; one line for each row of failures. */
async function untilDone<T>(work: () => Promise<T>): Promise<T> {
	for (let isTold = false; ;) {
		try {
			return await work();
		} catch (error) {
			if (!isTold) process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
			isTold = true;
			await sleep(AGAIN_AFTER_MS);
		}
	}
}

void main(JSON.parse(process.argv[2] ?? '') as ProducerJob);
