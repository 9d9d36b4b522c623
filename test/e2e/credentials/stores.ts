import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describeWith, type PostgresService, startPostgres } from '../../lib/services/postgres';
import { fleetInPostgres } from './fleet-in-postgres';
import { pressTest, type Surroundings } from './press-test';

export function storeTest(around: () => Surroundings): void {
	describe('Fleet Store API, SQLite', () => {
		it('says which file it is, and what is wrong with one that is no store', async () => {
			const { userFolder } = around().fleet.host;
			const path = join(userFolder, 'other', 'fleet.sqlite');
			const good = await pressTest(around(), 'fleetStoreApi', { storeType: 'sqlite', path });
			expect(good).toEqual({ status: 'OK', message: expect.stringContaining(path) });
			const text = join(userFolder, 'text.sqlite');
			writeFileSync(text, 'this is no database, but long enough to have a header of its own. '.repeat(20));
			const bad = await pressTest(around(), 'fleetStoreApi', { storeType: 'sqlite', path: text });
			expect(bad).toEqual({
				status: 'Error',
				message: expect.stringContaining(`${text} is not a SQLite database`),
			});
		});
	});

	describeWith('postgres', 'Fleet Store API, PostgreSQL', () => {
		let postgres: PostgresService;
		beforeAll(async () => {
			postgres = await startPostgres();
		}, 60_000);
		afterAll(async () => await postgres?.stop());

		const test = async (data: object) =>
			await pressTest(around(), 'fleetStoreApi', { ...settingsOf(postgres), ...data });

		it('says which PostgreSQL is there', async () => {
			const { status, message } = await test({});
			expect(message).toMatch(new RegExp(`PostgreSQL.*127\\.0\\.0\\.1:${postgres.port}`));
			expect(status).toBe('OK');
		});

		it('tells refused, a wrong password, no such database and no PostgreSQL apart', async () => {
			const said = [];
			for (const wrong of [
				{ port: around().nobody },
				{ password: 'wrong-secret' },
				{ database: 'nowhere' },
				{ port: around().fleet.host.port },
			]) {
				said.push(await test(wrong));
			}
			expect(said.map(({ status }) => status)).toEqual(['Error', 'Error', 'Error', 'Error']);
			expect(said.map(({ message }) => message)).toEqual([
				expect.stringMatching(/does not answer.*Check that the server runs/),
				expect.stringMatching(/refuses the user or the password/),
				expect.stringMatching(/there is no such database/),
				expect.stringMatching(new RegExp(`127\\.0\\.0\\.1:${around().fleet.host.port}`)),
			]);
			expect(JSON.stringify(said)).not.toContain('wrong-secret');
		});

		it('is the store of the nodes that name it, and the embedded one knows nothing of it', async () => {
			await fleetInPostgres(around().fleet, settingsOf(postgres));
			await expect(around().fleet.desk.fleet('vehicle', 'getAll', { returnAll: true })).resolves.toEqual([]);
		});
	});
}

function settingsOf({ host, port, user, password, database }: PostgresService) {
	return { storeType: 'postgres', host, port, user, password, database, schema: '', ssl: 'disable' };
}
