import { createHash } from 'node:crypto';

import { freePort } from '../../scripts/lib/ports.mjs';
import { generateFiles, generateFleet } from '../../scripts/generate-fleet.mjs';
import { describeWith, locateService } from '../lib/services/describe-with';
import { expectFeed } from './lib/expect-feed';
import { type DemoReport, type DemoRun, type FeedName, runDemo } from './lib/run-demo';
import { START_WITHIN_MS, startFleet, type RunningFleet } from './lib/start-fleet';
import { queryFleet } from './tools/fleet-file';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

describeWith('chromium', 'the standard flow, uploads by Chromium', () => {
	describeWith('redis', 'over the embedded feed and Redis', () => {
		const files = generateFiles();
		const generated = generateFleet();
		let fleet: RunningFleet;
		let demo: DemoRun;
		let report: DemoReport;

		beforeAll(async () => {
			fleet = await startFleet({ smtpPort: await freePort() });
			demo = await runDemo({ FLEET_USER_FOLDER: fleet.host.userFolder }, [
				'--browser',
				locateService('chromium'),
			]);
			if (!demo.report) throw new Error(`The demo ended with ${demo.code}:\n${demo.screen}`);
			report = demo.report;
		}, 2 * START_WITHIN_MS);

		afterAll(async () => await fleet?.stop(), START_WITHIN_MS);

		const rows = (sql: string) => queryFleet(fleet.host, sql).map((row) => ({ ...row }));

		it('takes the CSV through the form, whole', () => {
			const csv = files['vehicles.csv'] ?? '';
			expect(report.uploadForm.page).toContain('vehicles.csv');
			expect(report.uploadForm.page).toMatch(new RegExp(`import ${String(report.uploadForm.import.id)}\\b`));
			expect(report.uploadForm.import).toMatchObject({
				...{ fileName: 'vehicles.csv', uploadedBy: 'Upload form', state: 'done', error: null },
				...{ sizeBytes: Buffer.byteLength(csv), sha256: sha256(csv) },
				...{ rowsDone: 1000, rowsCreated: 1000, rowsUpdated: 0, rowsFailed: 0 },
			});
		});

		it('takes the JSON through the API, whole', () => {
			const json = files['fleet.json'] ?? '';
			const { id } = report.uploadApi.import;
			const file = { fileName: 'fleet.json', sizeBytes: Buffer.byteLength(json), sha256: sha256(json) };
			expect(report.uploadApi.answer).toEqual({
				...{ status: 202, body: { imports: [{ id, ...file, known: false }] } },
			});
			expect(report.uploadApi.import).toMatchObject({
				...{ ...file, uploadedBy: 'Upload API', state: 'done', error: null },
				...{ rowsDone: 2050, rowsCreated: 2050, rowsUpdated: 0, rowsFailed: 0 },
			});
		});

		it('has every row of the CSV as a vehicle, field by field', () => {
			const expected = generated.vehicles.map(({ vin, plate, make, model, year, ...more }) => {
				const { fuelType, tankSizeLitres, firstRegistration } = more;
				// The unit in the column's name, `Tank size litres`, says how it is read: it is no part of the attribute's.
				const attributes = { fuelType, tankSize: tankSizeLitres, firstRegistration };
				return { vin, plate, make, model, year, externalId: null, name: null, attributes };
			});
			const stored = report.store.vehicles.map(
				({ id: _id, customerId: _customerId, createdAt: _createdAt, updatedAt: _updatedAt, ...fields }) =>
					fields,
			);
			expect(stored).toEqual(expected);
			const [header, ...lines] = (files['vehicles.csv'] ?? '').trimEnd().split('\n');
			expect(header?.split(',')).toHaveLength(8);
			const cells = stored.map(({ attributes, ...fields }) => {
				const { vin, plate, make, model, year } = fields;
				return [vin, plate, make, model, year, ...Object.values(attributes)].join(',');
			});
			expect(cells).toEqual(lines);
		});

		it('has every customer of the JSON, field by field', () => {
			const stored = report.store.customers.map(
				({ id: _id, createdAt: _createdAt, updatedAt: _updatedAt, ...fields }) => fields,
			);
			expect(stored).toHaveLength(50);
			expect(stored).toEqual(generated.customers.map((customer) => ({ ...customer, attributes: {} })));
		});

		it('has the newest status message of each vehicle as its current status, and all as history', () => {
			const newest = new Map(generated.statuses.map((status) => [status.vehicle, status]));
			const vinOf = new Map(report.store.vehicles.map(({ id, vin }) => [id, vin]));
			const stored = report.store.statuses.map(({ vehicleId, reportedAt, position, attributes }) => ({
				...{ vehicle: vinOf.get(vehicleId), reportedAt, position, attributes },
			}));
			expect(stored).toHaveLength(200);
			expect(stored).toEqual([...newest.values()]);
			const [history] = rows(`SELECT count(*) AS n FROM status_history WHERE feed <> 'fleet.status'`);
			expect(history).toEqual({ n: 2000 });
		});

		it('creates, reads, updates and deletes a vehicle', () => {
			const created = { vin: '1M8GDM9AXKP042788', plate: 'B FL 4711', make: 'MAN', model: null };
			const { id } = report.edit.created;
			expect(report.edit.created).toMatchObject(created);
			expect(report.edit.read).toEqual(report.edit.created);
			expect(report.edit.updated).toMatchObject({ ...created, id, model: 'TGX' });
			expect(report.edit.deleted).toEqual({ id, deleted: true });
			expect(rows(`SELECT id FROM vehicle WHERE vin = '${created.vin}'`)).toEqual([]);
		});

		it('attaches customers as it was told, twenty vehicles each', () => {
			const { pairs, attached } = report.attach;
			expect(attached.map(({ id, customerId }) => ({ vehicle: id, customer: customerId }))).toEqual(pairs);
			expect(rows('SELECT id AS vehicle, customerId AS customer FROM vehicle ORDER BY id')).toEqual(pairs);
			const shares = rows(
				`SELECT count(*) AS vehicles FROM vehicle_attachment WHERE detachedAt IS NULL GROUP BY customerId`,
			);
			expect(shares).toEqual(Array.from({ length: 50 }, () => ({ vehicles: 20 })));
		});

		it('shows the rows to who opens fleet.sqlite', () => {
			expect(rows('SELECT vin, plate, make, model, year FROM vehicle ORDER BY id')).toEqual(
				generated.vehicles.map(({ vin, plate, make, model, year }) => ({ vin, plate, make, model, year })),
			);
			expect(rows('SELECT externalId, name, email, phone FROM customer ORDER BY id')).toEqual(
				generated.customers,
			);
			expect(rows('SELECT id, name FROM rule ORDER BY name')).toEqual([
				{ id: report.rules.doorOpen.id, name: 'Door open (demo)' },
				{ id: report.rules.lowFuel.id, name: 'Low fuel (demo)' },
			]);
		});

		describe.each<FeedName>(['embedded', 'redisStreams', 'redisPubSub'])('over %s', (name) => {
			expectFeed(
				() => report[name],
				() => ({ rules: report.rules, customers: report.store.customers, rows }),
			);
		});

		it('acknowledges all that it read', () => {
			expect(report.redisStreams.unread).toEqual({ pending: 0, lag: 0 });
			const feeds = rows(
				`SELECT feed, groupName, cursor = (SELECT max(id) FROM bus_message m WHERE m.feed = g.feed) AS isAtEnd
				 FROM bus_group g WHERE feed = 'fleet.status'`,
			);
			expect(feeds).toEqual([{ feed: 'fleet.status', groupName: 'fleet', isAtEnd: 1 }]);
		});

		it('does nothing beyond that: in all three six firings, log entries and actions of each kind', () => {
			const [counts] = rows(
				`SELECT (SELECT count(*) FROM firing) AS firings, (SELECT count(*) FROM log) AS logs,
				 (SELECT count(*) FROM action) AS actions, (SELECT count(*) FROM task) AS tasks,
				 (SELECT count(*) FROM quarantine) AS quarantined`,
			);
			expect(counts).toEqual({ firings: 6, logs: 6, actions: 12, tasks: 12, quarantined: 0 });
		});

		it('leaves none of its workflows and credentials in n8n, and no execution that failed', async () => {
			const { call } = fleet.n8n;
			const names = (await call<{ name: string }[]>('GET', '/workflows')).map(({ name }) => name).sort();
			const { imported, inactive } = fleet.host.workflows;
			expect(inactive).toContain('Fleet: firings to actions');
			expect(names).toEqual([...imported, ...inactive].sort());
			expect(await call<unknown[]>('GET', '/credentials')).toHaveLength(3);
			const filter = encodeURIComponent(JSON.stringify({ status: ['error', 'crashed'] }));
			expect(await call('GET', `/executions?filter=${filter}`)).toMatchObject({ results: [] });
		});

		it('prints a screen that fits into 80 columns', () => {
			const lines = demo.screen.split('\n');
			expect(lines.filter((line) => line.length > 80)).toEqual([]);
			expect(demo.screen).toContain('1000 vehicles to 50 customers');
			expect(demo.screen).toContain(report.embedded.mails[0]?.messageId);
		});
	});
});
