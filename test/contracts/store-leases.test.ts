import type { StoreSession } from '../../src/app/ports/store';
import { importFields } from '../lib/import-fields';
import { LeaseLostError } from '../../src/app/errors';
import { MAYBE_SENT } from '../../src/domain/action';
import { AT, firing } from './store/samples';
import { describeStores } from './store/stores';

const email = { type: 'sendEmail', to: 'a@example.org', subject: 's', text: 't' } as const;
async function addEmails(session: StoreSession, count: number): Promise<number> {
	const [firingId = 0] = await session.firings.open([firing()]);
	const actions = Array.from({ length: count }, (_, position) => ({
		firingId,
		position,
		occurredAt: AT,
		content: email,
	}));
	await session.actions.add(
		actions.map((action) => ({ ...action, state: 'pending' as const, result: null })),
		AT,
	);
	return firingId;
}

describeStores('outbox and imports', (use) => {
	it('adds an action once, done or pending', async () => {
		const { store } = use();
		await store.write(async (session) => {
			const firingId = await addEmails(session, 2);
			const log = { type: 'storeLog', message: 'm' } as const;
			const key = { firingId, position: 2, occurredAt: AT };
			const done = { ...key, content: log, state: 'done', result: '17' } as const;
			await session.actions.add([done, { ...done, position: 0 }], AT + 1);
			await session.actions.add([{ ...done, occurredAt: AT + 60, state: 'pending', dueAt: AT + 90 }], AT + 1);
			const [first, , third, again] = await session.actions.find({ where: { firingId } });
			expect(first).toEqual({
				...{ id: first?.id, firingId, position: 0, occurredAt: AT, content: email },
				...{ state: 'pending', attempts: 0 },
				...{ dueAt: AT, lastError: null, createdAt: AT, doneAt: null, result: null },
			});
			expect(third).toMatchObject({ state: 'done', result: '17', doneAt: AT + 1, content: log });
			expect(again).toMatchObject({ position: 2, occurredAt: AT + 60, dueAt: AT + 90 });
			expect(await session.actions.count({ where: { state: 'done' } })).toBe(1);
		});
	});

	it('never gives one action to two claimers', async () => {
		const { store, openAnother } = use();
		await store.write((session) => addEmails(session, 40));
		const stores = [store, await openAnother(), await openAnother()];
		const claims = stores.flatMap((each, worker) =>
			Array.from({ length: 5 }, (_, i) =>
				each.write(({ actions }) =>
					actions.claim({ token: `${worker}-${i}`, now: AT, leaseMs: 1000, limit: 3 }),
				),
			),
		);
		const ids = (await Promise.all(claims)).flat().map(({ id }) => id);
		expect(ids).toHaveLength(40);
		expect(new Set(ids).size).toBe(40);
	});

	it('claims what is due, oldest first, of the firings asked for, again once the lease is over', async () => {
		const { store } = use();
		await store.write(async (session) => {
			const { actions } = session;
			const first = await addEmails(session, 2);
			const second = await addEmails(session, 2);
			const claim = async (token: string, now: number, firingIds?: number[]) =>
				(await actions.claim({ token, now, leaseMs: 100, limit: 3, ...(firingIds && { firingIds }) })).map(
					({ firingId, position, attempts }) => [firingId, position, attempts],
				);
			expect(await claim('a', AT - 1)).toEqual([]);
			expect(await claim('a', AT, [second, 999])).toEqual([
				[second, 0, 1],
				[second, 1, 1],
			]);
			expect(await claim('b', AT)).toEqual([
				[first, 0, 1],
				[first, 1, 1],
			]);
			expect(await claim('c', AT + 99)).toEqual([]);
			expect(await claim('c', AT + 100)).toEqual([
				[first, 0, 2],
				[first, 1, 2],
				[second, 0, 2],
			]);
			expect(await claim('c', AT + 100, [])).toEqual([]);
		});
	});

	it('settles an action for the holder of its lease only', async () => {
		const { store } = use();
		await store.write(async (session) => {
			const { actions } = session;
			const firingId = await addEmails(session, 3);
			const claimed = await actions.claim({ token: 'a', now: AT, leaseMs: 100, limit: 9 });
			const [done = 0, later = 0, dead = 0] = claimed.map(({ id }) => id);
			expect(await actions.markDone(done, 'b', 'x', AT)).toBe(false);
			expect(await actions.markDone(done, 'a', '250 OK', AT + 1)).toBe(true);
			expect(await actions.markDone(done, 'a', 'x', AT + 2)).toBe(false);
			expect(await actions.retryLater(later, 'a', 'down', AT + 500)).toBe(true);
			expect(await actions.markDead(dead, 'a', 'no such mailbox')).toBe(true);
			expect(await actions.find({ where: { firingId } })).toMatchObject([
				{ state: 'done', result: '250 OK', doneAt: AT + 1, attempts: 1 },
				{ state: 'pending', lastError: 'down', dueAt: AT + 500 },
				{ state: 'dead', lastError: 'no such mailbox' },
			]);
			expect(await actions.claim({ token: 'c', now: AT + 499, leaseMs: 1, limit: 9 })).toEqual([]);
			expect(await actions.revive([done, later, dead, 999], AT + 200)).toBe(2);
			const again = await actions.claim({ token: 'c', now: AT + 200, leaseMs: 1, limit: 9 });
			expect(again.map(({ id, attempts, lastError }) => [id, attempts, lastError])).toEqual([
				[later, 1, 'down'],
				[dead, 1, 'no such mailbox'],
			]);
			const cutOff = [{ attempts: 2, lastError: MAYBE_SENT }];
			const next = { token: 'd', leaseMs: 100, limit: 1 };
			expect(await actions.claim({ ...next, now: AT + 201 })).toMatchObject(cutOff);
			expect(await actions.revive([dead], AT + 202)).toBe(1);
			expect(await actions.find({ where: { id: dead } })).toMatchObject([{ lastError: MAYBE_SENT }]);
		});
	});

	it('gives an import to one worker, and to the next when its lease ran out', async () => {
		const { store, openAnother } = use();
		const other = await openAnother();
		const [first, second] = await store.write(async ({ imports }) => [
			await imports.create(importFields, AT),
			await imports.create({ ...importFields, uploadedBy: 'Ann' }, AT),
		]);
		expect(first).toMatchObject({ ...importFields, state: 'pending', rowsDone: 0, startedAt: null });
		const claim = async (on: typeof store, token: string, now: number, id?: number) =>
			await on.write(({ imports }) => imports.claim({ token, now, leaseMs: 100 }, 'import', id));
		const claimed = await Promise.all([claim(store, 'a', AT), claim(other, 'b', AT), claim(other, 'c', AT)]);
		expect(claimed.map((each) => each?.id ?? null).sort()).toEqual([first.id, second.id, null].sort());
		const mine = claimed.findIndex((each) => each?.id === first.id);
		expect(claimed[mine]).toMatchObject({ state: 'running', startedAt: AT });
		const staleToken = ['a', 'b', 'c'][mine] ?? '';

		expect(await claim(store, 'd', AT + 99, first.id)).toBeNull();
		expect(await claim(store, 'd', AT + 100, first.id)).toMatchObject({ id: first.id, startedAt: AT });
		const progress = { rowsDone: 4, rowsCreated: 1, rowsUpdated: 1, rowsUnchanged: 1, rowsFailed: 1 };
		const stale = store.write(async ({ imports, logs }) => {
			await logs.append([{ at: AT, level: 'info', message: 'x', vehicleId: null, firingId: null }]);
			await imports.saveProgress(first.id, { token: staleToken, now: AT + 101, leaseMs: 100 }, progress);
		});
		await expect(stale).rejects.toThrow(LeaseLostError);
		expect(await store.read(({ logs }) => logs.count())).toBe(0);
		await store.write(async ({ imports }) => {
			await imports.saveProgress(first.id, { token: 'd', now: AT + 150, leaseMs: 100 }, progress);
			expect(await imports.claim({ token: 'e', now: AT + 249, leaseMs: 100 }, 'import', first.id)).toBeNull();
			const end = { state: 'failed', error: 'Not a CSV', at: AT + 200 } as const;
			await expect(imports.finish(first.id, staleToken, end)).rejects.toThrow(LeaseLostError);
			expect(await imports.finish(first.id, 'd', end)).toMatchObject({
				...{ ...progress, state: 'failed', error: 'Not a CSV', endedAt: AT + 200 },
			});
			expect(
				await imports.claim({ token: 'e', now: AT + 9999, leaseMs: 100 }, 'import', first.id),
			).toBeNull();
		});
	});

	it("keeps an import's row errors by row, and drops them with it", async () => {
		const { store } = use();
		await store.write(async ({ imports }) => {
			const { id } = await imports.create(importFields, AT);
			const error = { row: 9, list: null, column: 'vin', value: 'X', message: 'Not a VIN' };
			await imports.addErrors(id, [error, { ...error, row: 2, list: 'vehicles', column: null, value: null }]);
			expect(await imports.errors(id, { limit: 9, offset: 0 })).toEqual([
				{ ...error, row: 2, list: 'vehicles', column: null, value: null },
				error,
			]);
			expect(await imports.errors(id, { limit: 1, offset: 1 })).toEqual([error]);
			await imports.addErrors(id, [
				{ ...error, row: 7 },
				{ ...error, row: 30 },
			]);
			const rowsFrom = async (list: string | null, row: number, limit: number) =>
				(await imports.errorsFrom(id, { list, row }, limit)).map((found) => found.row);
			expect(await rowsFrom(null, 0, 2)).toEqual([7, 9]);
			expect(await rowsFrom(null, 9, 9)).toEqual([9, 30]);
			expect(await rowsFrom('vehicles', 2, 9)).toEqual([2]);
			expect(await rowsFrom('vehicles', 3, 9)).toEqual([]);
			expect(await imports.find({ search: 'VEHICLES' })).toHaveLength(1);
			expect(await imports.remove(id)).toBe(true);
			expect(await imports.errors(id, { limit: 9, offset: 0 })).toEqual([]);
		});
	});
});
