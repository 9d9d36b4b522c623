import { randomUUID } from 'node:crypto';
import { chmodSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { seededRandom } from '../../bench/lib/random';
import { smtpMailer } from '../../src/adapters/mail/smtp-mailer';
import { openStore, type TypeOrmStore } from '../../src/adapters/store/open-store';
import { performActions } from '../../src/app/actions/perform-actions';
import { type Check, checkAll } from './checks';
import { type FaultTimes, faultsOf } from './faults';
import { CLOCK_RULES, FEED, fillFleet, FUTURE_SECONDS, SILENT } from './fleet-under-test';
import { readLedger } from './ledger';
import { type Part, runScript, supervise } from './parts';
import type { ProducerJob } from './processes/producer';
import { buildRig, type Rig, type Scripts } from './rig';
import { type LedgerCount, runReference } from './run-reference';
import type { Scenario } from './scenarios';
import { snapshotOf } from './snapshot';
import { startGuard } from './start-guard';
import { type FaultCount, strikeFaults } from './strike-faults';

export interface RunOptions {
	readonly seed: number;
	/** Null: as many rounds of all faults as `rounds` says. */
	readonly minutes: number | null;
	/** How often each fault strikes when no minutes are given. */
	readonly rounds: number;
	/** How long all is left alone before each of them, at least. */
	readonly restMs: number;
	readonly leaseMs: number;
	/** Without anything new for so long, what has not come does not come any more. */
	readonly patienceMs: number;
	readonly times: FaultTimes;
	readonly scripts: Scripts;
	/** Leaves the logs of the processes where they are. */
	readonly keeps: boolean;
	/** Faults whose kind begins so; left out: all. */
	readonly only?: readonly string[];
	say(text: string): void;
	/** Called with what ends the run and clears up after it. */
	onStart(end: () => Promise<void>): void;
}

export interface RunResult {
	readonly scenario: Scenario;
	readonly seed: number;
	readonly seconds: number;
	readonly faults: FaultCount;
	readonly published: LedgerCount;
	readonly taken: number;
	readonly firings: number;
	readonly mails: number;
	readonly checks: readonly Check[];
}

/** Mail is tried again after an hour at the latest. */
const LATER_MS = 86_400_000;

export async function runScenario(scenario: Scenario, options: RunOptions): Promise<RunResult> {
	const { seed, scripts, say } = options;
	const startedAt = Date.now();
	const guard = startGuard(scripts.guard);
	options.onStart(async () => await guard.end());
	const folder = mkdtempSync(join(tmpdir(), `fleet-kill-${scenario.name}-`));
	if (!options.keeps) guard.watch({ folder });
	else say(`logs in ${join(folder, 'logs')}`);
	// PostgreSQL runs as a user of its own, who has to get through.
	chmodSync(folder, 0o711);
	try {
		const { leaseMs } = options;
		const diskMegabytes = 256 + 24 * (options.minutes ?? 0);
		const rig = await buildRig(scenario, { guard, scripts, folder, leaseMs, diskMegabytes });
		const servers = rig.parts.filter(({ role }) => isServer(role));
		for (const part of servers) await part.start();
		const store = await openStore(rig.store);
		await fillFleet({ store, clock: Date.now });
		await store.close();
		for (const part of rig.parts) await part.start();
		await rig.prepare();
		say('all is up');

		const ledger = join(folder, 'ledger');
		writeFileSync(ledger, '');
		const job: ProducerJob = {
			...{ transport: rig.transport, store: rig.store, feed: FEED, seed, beginsAt: startedAt },
			...{ perSecond: scenario.perSecond, ledger },
		};
		const producerLog = join(folder, 'logs', 'producer.log');
		const producer = await runScript(scripts.producer, [JSON.stringify(job)], producerLog);
		guard.watch(producer);
		const { faults, mailKills } = await strike(rig, options);
		say('all is well again: what was published is awaited');
		await producer.end();
		const mails = await settle(rig, ledger, options);
		const found = await openStore(rig.store);
		const reference = await runReference(folder, { ledger, feed: FEED, maxFutureMs: FUTURE_SECONDS * 1000 });
		const snapshot = await snapshotOf(found, FEED);
		await found.close();
		for (const part of servers) await part.end();
		const { acknowledged } = reference;
		const evidence = { acknowledged, found: snapshot, reference: reference.snapshot, mails, mailKills };
		return {
			scenario,
			seed,
			seconds: (Date.now() - startedAt) / 1000,
			faults,
			published: reference.count,
			taken: snapshot.history.length,
			firings: snapshot.firings.length,
			mails: mails.length,
			checks: checkAll(evidence),
		};
	} finally {
		await guard.end();
	}
}

const isServer = (role: Part['role']) => ['redis', 'postgres', 'kafka', 'mail sink'].includes(role);
const handlesMail = (role: Part['role']) => ['n8n', 'n8n worker', 'mailer', 'mail sink'].includes(role);

async function strike(
	rig: Rig,
	{ seed, times, minutes, rounds, restMs, only, say }: RunOptions,
): Promise<{ faults: FaultCount; mailKills: number }> {
	const random = seededRandom(seed);
	const held = new Set<Part>();
	const faults = faultsOf(rig, times, { held, random }).filter(
		({ kind }) => only === undefined || only.some((start) => kind.startsWith(start)),
	);
	const startsBefore = startsOf(rig);
	const supervisor = supervise(rig.parts, (part) => held.has(part));
	try {
		const count = await strikeFaults(faults, { minutes, rounds, restMs, random, onStrike: say });
		for (const part of rig.parts) await waitUp(part);
		const hangs = count.get('mail server hangs') ?? 0;
		return { faults: count, mailKills: startsOf(rig) - startsBefore + hangs };
	} finally {
		await supervisor.stop();
	}
}

function startsOf({ parts }: Rig): number {
	return parts.filter(({ role }) => handlesMail(role)).reduce((sum, { starts }) => sum + starts(), 0);
}

async function waitUp(part: Part): Promise<void> {
	while (!part.isUp()) await sleep(200);
}

/** Waits until the feed is empty and the clock has rung, ends the consumers in order, and sends what mail is left. */
async function settle(rig: Rig, ledger: string, options: RunOptions): Promise<string[]> {
	const store = await openStore(rig.store);
	try {
		await untilQuiet(store, ledger, options);
		for (const part of rig.parts) if (!isServer(part.role)) await part.end();
		await sendTheRest(rig, store);
	} finally {
		await store.close();
	}
	return existsSync(rig.mails) ? readFileSync(rig.mails, 'utf8').split('\n').filter(Boolean) : [];
}

async function untilQuiet(
	store: TypeOrmStore,
	ledger: string,
	{ say, patienceMs }: RunOptions,
): Promise<void> {
	const ids = new Set<string>();
	for await (const { messageId } of readLedger(ledger)) ids.add(messageId);
	const expected = ids.size;
	let last = '';
	let since = Date.now();
	for (;;) {
		const [there = 0, rung = 0] = await countsOf(store);
		if (`${there} ${rung}` !== last) since = Date.now();
		last = `${there} ${rung}`;
		const isDone = there >= expected && rung >= SILENT * CLOCK_RULES;
		// A little longer, for what is delivered again.
		if (isDone && Date.now() - since > 2_000) return;
		if (Date.now() - since > patienceMs) {
			say(`gave up waiting: ${there} of ${expected} messages, ${rung} of ${SILENT * CLOCK_RULES} timers`);
			return;
		}
		await sleep(500);
	}
}

async function countsOf(store: TypeOrmStore): Promise<number[]> {
	const counted = await store.database.read(async (query) => [
		...(await query(
			`SELECT (SELECT count(DISTINCT "messageId") FROM status_history WHERE feed = ?)
				+ (SELECT count(*) FROM quarantine WHERE feed = ?) AS many`,
			[FEED, FEED],
		)),
		...(await query(`SELECT count(*) AS many FROM firing WHERE "ruleName" IN ('No report', 'Parked')`)),
	]);
	return counted.map(({ many }) => Number(many));
}

/** A day later, when every lease is over and every attempt is due. */
async function sendTheRest({ smtpPort }: Rig, store: TypeOrmStore): Promise<void> {
	const smtp = { host: '127.0.0.1', port: smtpPort, security: 'none', from: 'fleet@fleet.example' } as const;
	const mailer = smtpMailer(smtp);
	const fleet = { store, clock: () => Date.now() + LATER_MS };
	while ((await performActions({ fleet, mailer, newToken: randomUUID })).length > 0);
	mailer.close();
}
