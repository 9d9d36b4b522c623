import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { build } from 'esbuild';

import { StoreUnavailableError } from '../../src/app/errors';
import type { StoreSession } from '../../src/app/ports/store';
import { AT, customerFields } from './store/samples';
import { describeStores } from './store/stores';

const entry = (message: string) => ({
	at: AT,
	level: 'info' as const,
	message,
	vehicleId: null,
	firingId: null,
});
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describeStores('transactions', (use) => {
	const messages = async () =>
		(await use().store.read(({ logs }) => logs.find())).map(({ message }) => message);

	it('leaves nothing behind when work rejects, and goes on', async () => {
		const { store } = use();
		const failed = store.write(async ({ logs, customers }) => {
			await logs.append([entry('lost')]);
			await customers.create(customerFields(), AT);
			throw new Error('no');
		});
		const next = store.write(({ logs }) => logs.append([entry('kept')]));
		await expect(failed).rejects.toThrow('no');
		await next;
		expect(await messages()).toEqual(['kept']);
		expect(await store.read(({ customers }) => customers.count())).toBe(0);
	});

	it('leaves nothing behind when a statement is refused', async () => {
		const { store } = use();
		const failed = store.database.write(async (query) => {
			await query('INSERT INTO inbox (feed, "messageId", "receivedAt") VALUES (?, ?, ?)', ['a', 'b', AT]);
			await query('INSERT INTO inbox (feed) VALUES (?)', ['a']);
		});
		await expect(failed).rejects.toThrow(/null/i);
		expect(await store.database.read((query) => query('SELECT * FROM inbox'))).toEqual([]);
	});

	it('writes one after the other, in the order of the calls, and reads only what is committed', async () => {
		const { store } = use();
		const writes = Array.from({ length: 10 }, (_, i) =>
			store.write(async ({ logs }) => {
				const before = await logs.count();
				await pause(i % 3);
				await logs.append([entry(`${i} after ${before}`)]);
			}),
		);
		const during = await Promise.all(
			Array.from({ length: 20 }, async () => {
				await pause(1);
				return (await messages()).length;
			}),
		);
		await Promise.all(writes);
		expect(await messages()).toEqual(Array.from({ length: 10 }, (_, i) => `${i} after ${i}`));
		expect(during.every((count) => count >= 0 && count <= 10)).toBe(true);
	});

	it('refuses a session whose work has settled, and keeps what nobody waited for in its transaction', async () => {
		const { store } = use();
		let kept: StoreSession | undefined;
		let unawaited: Promise<unknown> | undefined;
		const failed = store.write(async (session) => {
			kept = session;
			unawaited = session.logs.append([entry('unawaited')]);
			throw new Error('no');
		});
		await expect(failed).rejects.toThrow('no');
		await unawaited;
		expect(await messages()).toEqual([]);
		await expect(kept?.logs.append([entry('late')])).rejects.toThrow('session has ended');
		await expect(kept?.customers.create(customerFields(), AT)).rejects.toThrow('session has ended');
		expect(await messages()).toEqual([]);
	});

	it('lets nobody write in a read', async () => {
		const { store } = use();
		await expect(store.read(({ logs }) => logs.append([entry('x')]))).rejects.toThrow('use write');
		expect(await messages()).toEqual([]);
	});

	it('reads inside of a write without waiting for it', async () => {
		const { store } = use();
		const seen = await store.write(async ({ logs }) => {
			await logs.append([entry('x')]);
			return [await logs.count(), await store.read((session) => session.logs.count())];
		});
		expect(seen).toEqual([1, 0]);
	});

	it('loses no update between two stores and a process of its own', async () => {
		const { store, openAnother, options } = use();
		const other = await openAnother();
		const dir = await mkdtemp(join(tmpdir(), 'fleet-writer-'));
		const script = join(dir, 'write-many.js');
		await build({
			entryPoints: [require.resolve('./store/write-many.ts')],
			outfile: script,
			bundle: true,
			platform: 'node',
			external: ['pg-native'],
		});
		const processes = [0, 1].map(() =>
			promisify(execFile)(process.execPath, [script, JSON.stringify(options), '40']),
		);
		const append = async (on: typeof store) =>
			await on.write(async ({ logs }) => {
				const before = await logs.count();
				await logs.append([{ ...entry('here'), at: before }]);
			});
		for (let i = 0; i < 40; i++) {
			await Promise.all([append(store), append(other)]);
			await pause(5);
		}
		await Promise.all(processes);
		await rm(dir, { recursive: true });
		const counted = (await store.read(({ logs }) => logs.find())).map(({ at }) => at);
		expect(counted).toEqual(Array.from({ length: 160 }, (_, i) => i));
	});

	it('finds its tables and rows again when it is opened anew, even by several at once', async () => {
		const { store, openAnother } = use();
		await store.write(({ logs }) => logs.append([entry('kept')]));
		const migrations = async (on: typeof store) =>
			await on.database.read((query) => query('SELECT * FROM fleet_migration ORDER BY id'));
		const before = await migrations(store);
		await store.close();
		const [again] = await Promise.all([openAnother(), openAnother(), openAnother()]);
		expect(await migrations(again)).toEqual(before);
		expect(await again.read(({ logs }) => logs.count())).toBe(1);
	});

	it('finishes the writes that were asked for when it is closed, and refuses later ones', async () => {
		const { store, openAnother } = use();
		const write = store.write(async ({ logs }) => {
			await pause(20);
			await logs.append([entry('in time')]);
		});
		await store.close();
		await write;
		await expect(store.write(async () => {})).rejects.toThrow(StoreUnavailableError);
		await expect(store.read(async () => {})).rejects.toThrow(StoreUnavailableError);
		expect(await (await openAnother()).read(({ logs }) => logs.count())).toBe(1);
	});
});
