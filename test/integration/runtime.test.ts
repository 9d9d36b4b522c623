import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ICredentialsDecrypted, ICredentialTestFunctions } from 'n8n-workflow';
import { Fleet } from '../../nodes/Fleet/Fleet.node';
import { testFleetRedis, testFleetSmtp, testFleetStore } from '../../src/n8n/credential-tests';
import { closeStores, openBlobs, openBus, openFleet, openMailer } from '../../src/n8n/runtime';
import { loadOptionsContext } from '../lib/node-context';

const folder = mkdtempSync(join(tmpdir(), 'fleet-runtime-'));

const context = (credentials: Record<string, object> = {}) =>
	loadOptionsContext({ node: new Fleet(), credentials });
const sqlite = (...path: string[]) => ({
	fleetStoreApi: { storeType: 'sqlite', path: join(folder, ...path) },
});

beforeAll(() => {
	process.env.N8N_USER_FOLDER = join(folder, 'home');
});

afterAll(async () => {
	await closeStores();
	delete process.env.N8N_USER_FOLDER;
	rmSync(folder, { recursive: true });
});

describe('the store', () => {
	it("is the embedded one in n8n's folder without a credential, and with one that names no path", async () => {
		const { store } = await openFleet(context());
		const unnamed = context({ fleetStoreApi: { storeType: 'sqlite', path: ' ' } });
		expect((await openFleet(unnamed)).store).toBe(store);
		const check = await testFleetStore.call({} as ICredentialTestFunctions, of({ storeType: 'sqlite' }));
		expect(check.message).toContain(join(folder, 'home', '.n8n', 'fleet', 'fleet.sqlite'));
	});

	it('is one for each set of options, even when asked for at the same time', async () => {
		const [one, same, other] = await Promise.all(
			['a', 'a', 'b'].map(async (name) => (await openFleet(context(sqlite(name)))).store),
		);
		expect(same).toBe(one);
		expect(other).not.toBe(one);
	});

	it('is opened anew after a failure', async () => {
		writeFileSync(join(folder, 'blocked'), 'a file where a folder should be');
		const blocked = context(sqlite('blocked', 'fleet.sqlite'));
		await expect(openFleet(blocked)).rejects.toThrow(/cannot be made or written to/);
		rmSync(join(folder, 'blocked'));
		const { store } = await openFleet(blocked);
		expect(await store.read(async ({ vehicles }) => await vehicles.count())).toBe(0);
	});
});

describe('bus, mailer and files', () => {
	it('deliver, wait for a credential, and keep files beside the store', async () => {
		const bus = await openBus(context(sqlite('a')), 'embedded');
		await expect(bus.publish('feed', [{ key: 'k', payload: '{}' }])).resolves.toBeUndefined();
		await bus.close();
		expect(await openMailer(context())).toBeNull();
		const blobs = await openBlobs(context());
		await expect(blobs.open('00000000-0000-0000-0000-000000000000')).rejects.toThrow(/is gone/);
	});
});

describe('credential tests', () => {
	const self = {} as ICredentialTestFunctions;

	it('say what was reached', async () => {
		const answer = await testFleetStore.call(self, of(sqlite('a').fleetStoreApi));
		expect(answer).toEqual({
			status: 'OK',
			message: expect.stringMatching(/^Connected to .*: 0 vehicles, 0 rules\.$/),
		});
	});

	it.each([
		['store', testFleetStore, { storeType: 'postgres', host: '127.0.0.1', port: 1, database: 'fleet' }],
		['Redis', testFleetRedis, { host: '127.0.0.1', port: 1 }],
		['SMTP', testFleetSmtp, { host: '127.0.0.1', port: 1, security: 'none', from: 'fleet@example.com' }],
	])('say for a %s that is away what is wrong and how to mend it', async (_, test, data) => {
		const answer = await test.call(self, of(data));
		expect(answer).toEqual({ status: 'Error', message: expect.stringMatching(/127\.0\.0\.1:1.*\. \w.*\.$/) });
	});
});

function of(data: object): ICredentialsDecrypted {
	return { id: '1', name: 'test', type: 'test', data: { ...data } };
}
