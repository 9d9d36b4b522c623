import { setTimeout as pause } from 'node:timers/promises';
import { openStore, type TypeOrmStore } from '../../src/adapters/store/open-store';
import { StoreUnavailableError } from '../../src/app/errors';
import { describeWith, type PostgresService, startPostgres } from '../lib/services/postgres';
import { type Proxy, startProxy } from './bus/proxy';

const ANSWER_MS = 1000;

describeWith('postgres', 'a PostgreSQL that lets a feed wait', () => {
	let server: PostgresService;
	let proxy: Proxy;
	let store: TypeOrmStore;
	beforeAll(async () => {
		server = await startPostgres();
		proxy = await startProxy(server);
		const url = new URL(server.url);
		url.port = String(proxy.port);
		store = await openStore({ kind: 'postgres', url: url.href, answerMs: ANSWER_MS });
	});
	afterAll(async () => {
		await store.close();
		await proxy.stop();
		await server.stop();
	});

	const failure = async (work: Promise<unknown>) => {
		const error: unknown = await work.catch((reason: unknown) => reason);
		if (!(error instanceof StoreUnavailableError)) throw new Error(`Not as expected: ${String(error)}`);
		return error.message;
	};
	const count = async () => await store.readFeed(async ({ logs }) => await logs.count());

	it.each([
		['write', () => store.writeFeed(async ({ logs }) => await logs.count())],
		['look-up', count],
	])('is given up in a %s when it falls silent, and used again when it answers', async (_what, work) => {
		await work();
		proxy.mute();
		const muted = failure(work());
		await expect(muted).resolves.toContain(`${proxy.port}/postgres does not answer (nothing came for 1 s)`);
		proxy.unmute();
		expect(await work()).toBe(0);
	});

	it('is given up in the midst of a transaction, of which nothing is left', async () => {
		const writing = store.writeFeed(async ({ logs }) => {
			await logs.append([{ at: 1, level: 'info', message: 'x', vehicleId: null, firingId: null }]);
			proxy.mute();
			await logs.count();
		});
		expect(await failure(writing)).toContain('does not answer');
		proxy.unmute();
		expect(await count()).toBe(0);
	});

	it('stays connected when it is busy with others for too long', async () => {
		let finish = () => {};
		let long: Promise<void> = Promise.resolve();
		await new Promise<void>((isWriting) => {
			long = store.write(async () => {
				isWriting();
				await new Promise<void>((resolve) => (finish = resolve));
			});
		});
		expect(await failure(store.writeFeed(async ({ logs }) => await logs.count()))).toContain(
			'too busy with others for this (canceling statement due to statement timeout)',
		);
		finish();
		await long;
		const left = await store.database.readFeed(
			async (query) =>
				await query(`SELECT state FROM pg_stat_activity WHERE state LIKE 'idle in transaction%'`),
		);
		expect(left).toEqual([]);
		expect(await store.writeFeed(async ({ logs }) => await logs.count())).toBe(0);
	});

	it('has time for whatever no feed waits for, and rests on idle connections', async () => {
		const sleep = `SELECT 1 AS n FROM pg_sleep(${(2 * ANSWER_MS) / 1000})`;
		const slept = await Promise.all([
			store.database.read(async (query) => await query(sleep)),
			store.database.write(async (query) => await query(sleep)),
		]);
		expect(slept).toEqual([[{ n: 1 }], [{ n: 1 }]]);
		const connection = async () =>
			await store.database.readFeed(async (query) => await query('SELECT pg_backend_pid() AS pid'));
		const before = await connection();
		await pause(2 * ANSWER_MS);
		expect(await connection()).toEqual(before);
	});
});
