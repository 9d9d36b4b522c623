import fc from 'fast-check';
import { feedProcessor } from '../../src/app/feed/process-batch';
import type { Fleet } from '../../src/app/fleet';
import { attachVehicle, detachVehicle } from '../../src/app/records/attach-vehicle';
import { clearFirings } from '../../src/app/records/clear-firings';
import { acknowledgeFiring } from '../../src/app/records/firings';
import { disableRule, enableRule, removeRule } from '../../src/app/records/rules';
import { removeVehicle } from '../../src/app/records/vehicles';
import { FleetError } from '../../src/domain/errors';
import { attributes, records } from '../../src/domain/rules/testing/arbitrary-comparisons';

type ForeignWrite = (fleet: Fleet) => Promise<unknown>;

const vehicleId = fc.integer({ min: 1, max: 3 });
const customerId = fc.integer({ min: 1, max: 3 });
const ruleId = fc.integer({ min: 1, max: 3 });

const describe = (words: string, write: ForeignWrite): ForeignWrite =>
	Object.assign(write, { toString: () => words });

/** What somebody else, in another process, does to the fleet between two batches of a feed. */
export const foreignWrite: fc.Arbitrary<ForeignWrite> = fc.oneof(
	fc.tuple(vehicleId, records).map(([id, changed]) =>
		describe(`vehicle ${id} := ${JSON.stringify(changed)}`, async ({ store }) => {
			await store.write(({ vehicles }) => vehicles.update(id, { attributes: changed }, 1));
		}),
	),
	fc.tuple(vehicleId, records).map(([id, imported]) =>
		describe(`import vehicle ${id} + ${JSON.stringify(imported)}`, async ({ store }) => {
			await store.write(async ({ bulk }) => {
				const known = await bulk.vehicles.byIds([id]);
				await bulk.vehicles.update(
					known.map((vehicle) => ({ ...vehicle, attributes: { ...vehicle.attributes, ...imported } })),
					'all but keys',
				);
			});
		}),
	),
	fc.tuple(customerId, records).map(([id, changed]) =>
		describe(`customer ${id} := ${JSON.stringify(changed)}`, async ({ store }) => {
			await store.write(({ customers }) => customers.update(id, { attributes: changed }, 1));
		}),
	),
	fc.tuple(vehicleId, customerId).map(([vehicle, customer]) =>
		describe(`attach ${vehicle} to ${customer}`, async (fleet) => {
			await attachVehicle(fleet, { id: vehicle }, { id: customer });
		}),
	),
	vehicleId.map((id) => describe(`detach ${id}`, (fleet) => detachVehicle(fleet, { id }))),
	ruleId.map((id) => describe(`disable rule ${id}`, (fleet) => disableRule(fleet, { id }))),
	ruleId.map((id) => describe(`enable rule ${id}`, (fleet) => enableRule(fleet, { id }))),
	ruleId.map((id) =>
		describe(`clear firings of rule ${id}`, ({ store, clock }) =>
			store.write((session) => clearFirings(session, { ruleId: id }, clock()))),
	),
	fc.nat(5).map((id) => describe(`acknowledge firing ${id}`, (fleet) => acknowledgeFiring(fleet, { id }))),
	fc.tuple(vehicleId, attributes).map(([id, reported]) =>
		describe(`another feed: ${id} ${JSON.stringify(reported)}`, (fleet) =>
			feedProcessor(fleet, { feed: 'other' }).process([
				{
					payload: JSON.stringify({ vehicle: `A ${id}`, reportedAt: fleet.clock(), attributes: reported }),
				},
			])),
	),
	fc.constant(describe('timers ring elsewhere', (fleet) => feedProcessor(fleet, { feed: 'other' }).ring())),
	{
		weight: 1,
		arbitrary: ruleId.map((id) => describe(`remove rule ${id}`, (fleet) => removeRule(fleet, { id }))),
	},
	{
		weight: 1,
		arbitrary: vehicleId.map((id) => describe(`remove ${id}`, (fleet) => removeVehicle(fleet, { id }))),
	},
);

/** What cannot be done, because the record is gone for one, is left. */
export async function writeForeign(fleet: Fleet, write: ForeignWrite): Promise<void> {
	try {
		await write(fleet);
	} catch (error) {
		if (!(error instanceof FleetError)) throw error;
	}
}
