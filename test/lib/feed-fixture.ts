import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore, type TypeOrmStore } from '../../src/adapters/store/open-store';
import { feedProcessor, type BatchResult, type FeedOptions } from '../../src/app/feed/process-batch';
import type { Fleet } from '../../src/app/fleet';
import { attachVehicle } from '../../src/app/records/attach-vehicle';
import { createCustomer } from '../../src/app/records/customers';
import { createRule } from '../../src/app/records/rules';
import { createVehicle } from '../../src/app/records/vehicles';
import type { FleetEvent } from '../../src/domain/event';

export const START = Date.parse('2026-03-01T12:00:00Z');
export const MINUTE = 60_000;

/** A fleet on a real SQLite file, under a clock that only the test moves. */
export interface FeedFixture {
	readonly fleet: Fleet;
	readonly store: TypeOrmStore;
	readonly path: string;
	now: number;
	/** Through one processor that is kept; `restart` makes a new one, as a restarted process would. */
	feed(...messages: readonly unknown[]): Promise<BatchResult>;
	/** What is due by the clock, `minutes` after the start. */
	ringAt(minutes: number): Promise<BatchResult>;
	restart(): void;
	events(): Promise<FleetEvent[]>;
	close(): Promise<void>;
}

export async function feedFixture(options: Partial<FeedOptions> = {}): Promise<FeedFixture> {
	const folder = await mkdtemp(join(tmpdir(), 'fleet-feed-'));
	const path = join(folder, 'fleet.sqlite');
	const store = await openStore({ kind: 'sqlite', path });
	const fleet: Fleet = { store, clock: () => fixture.now };
	const newProcessor = () => feedProcessor(fleet, { feed: 'statuses', ...options });
	let processor = newProcessor();
	const fixture: FeedFixture = {
		fleet,
		store,
		path,
		now: START,
		feed: (...messages) =>
			processor.process(
				messages.map((message) => ({
					payload: typeof message === 'string' ? message : JSON.stringify(message),
				})),
			),
		ringAt(minutes) {
			fixture.now = START + minutes * MINUTE;
			return processor.ring();
		},
		restart() {
			processor = newProcessor();
		},
		async events() {
			const rows = await store.database.read((query) =>
				query(`SELECT payload FROM bus_message WHERE feed = 'fleet.events' ORDER BY id`),
			);
			return rows.map(({ payload }) => JSON.parse(String(payload)) as FleetEvent);
		},
		async close() {
			await store.close();
			await rm(folder, { recursive: true });
		},
	};
	return fixture;
}

/** A report of a vehicle `minutes` after the start; times before the fixture's clock unless the test moves it. */
export function report(vehicle: string, minutes: number, attributes: Record<string, unknown>, more = {}) {
	return { vehicle, reportedAt: START + minutes * MINUTE, attributes, ...more };
}

export const lowFuel = {
	name: 'Low fuel',
	severity: 'warning',
	scope: { vehicles: 'all' },
	pattern: { attribute: 'fuelLevel', operator: 'lt', value: 15 },
	fire: { on: 'edge', cooldownSeconds: 0 },
	actions: [
		{
			type: 'sendEmail',
			to: '{{customer.email}}',
			subject: 'Low fuel in {{vehicle.plate}}',
			text: 'Hello {{customer.name}}, {{vehicle.plate}} has {{attributes.fuelLevel}} % left. Driver: {{attributes.driver}}.',
		},
		{ type: 'storeLog', message: '{{vehicle.plate}} is at {{attributes.fuelLevel}} %' },
		{ type: 'createTask', title: 'Refuel {{vehicle.plate}}', description: 'Reported {{status.reportedAt}}' },
	],
};

/** One customer with the vehicle `M-AB 123`, one vehicle `M-AB 124` without, and the rule `Low fuel`. */
export async function standardFleet({ fleet }: FeedFixture, rule: Record<string, unknown> = lowFuel) {
	const customer = await createCustomer(fleet, { name: 'Ada', email: 'ada@example.com' });
	const vehicle = await createVehicle(fleet, { plate: 'M-AB 123', vin: '1G4AH59H45G118341' });
	const other = await createVehicle(fleet, { plate: 'M-AB 124', externalId: 'box-9' });
	await attachVehicle(fleet, { id: vehicle.id }, { id: customer.id });
	const { record } = await createRule(fleet, rule);
	return { customer, vehicle, other, rule: record };
}
