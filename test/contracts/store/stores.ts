import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { openStore, type StoreOptions, type TypeOrmStore } from '../../../src/adapters/store/open-store';
import { describeWith, type PostgresService, startPostgres } from '../../lib/services/postgres';

export interface StoreUnderTest {
	readonly store: TypeOrmStore;
	readonly options: StoreOptions;
	/** One more on the same file or server, closed after the test. */
	openAnother(): Promise<TypeOrmStore>;
}

/** Runs the tests on a SQLite file and on a real PostgreSQL, each test on an empty store of its own. */
export function describeStores(title: string, tests: (use: () => StoreUnderTest) => void): void {
	describe(`${title}, SQLite`, () => {
		let dir = '';
		beforeEach(async () => {
			dir = await mkdtemp(join(tmpdir(), 'fleet-store-'));
		});
		tests(eachOpened(() => ({ kind: 'sqlite', path: join(dir, 'fleet', 'fleet.sqlite') })));
		afterEach(async () => await rm(dir, { recursive: true }));
	});

	describeWith('postgres', `${title}, PostgreSQL`, () => {
		let server: PostgresService;
		let count = 0;
		beforeAll(async () => {
			server = await startPostgres();
		});
		tests(eachOpened(() => ({ kind: 'postgres', url: server.url, schema: `Fleet ${++count}` })));
		afterAll(async () => await server.stop());
	});
}

function eachOpened(options: () => StoreOptions): () => StoreUnderTest {
	let present: StoreUnderTest | undefined;
	const opened: TypeOrmStore[] = [];
	beforeEach(async () => {
		const own = options();
		const openAnother = async () => {
			const store = await openStore(own);
			opened.push(store);
			return store;
		};
		present = { store: await openAnother(), options: own, openAnother };
	});
	afterEach(async () => {
		for (const store of opened.splice(0)) await store.close();
	});
	return () => {
		if (present === undefined) throw new Error('No store is open outside of a test');
		return present;
	};
}
