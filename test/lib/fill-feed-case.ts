import type { TypeOrmStore } from '../../src/adapters/store/open-store';
import type { Rule } from '../../src/domain/rules/rule';
import { FENCES } from '../../src/domain/rules/testing/fences';
import type { FeedCase } from './arbitrary-feed';

/** Customers, vehicles and geofences get the ids 1, 2, 3...; answers the rules as the store has them. */
export async function fillFeedCase(
	store: TypeOrmStore,
	{ customers, vehicles, rules }: Pick<FeedCase, 'customers' | 'vehicles' | 'rules'>,
): Promise<Rule[]> {
	return await store.write(async (session) => {
		const none = { externalId: null, email: null, phone: null };
		for (const attributes of customers) await session.customers.create({ ...none, name: 'C', attributes }, 0);
		for (const [index, { attributes, customerId }] of vehicles.entries()) {
			const unnamed = { vin: null, externalId: null, name: null, make: null, model: null, year: null };
			const { id } = await session.vehicles.create({ ...unnamed, plate: `A ${index + 1}`, attributes }, 0);
			await session.vehicles.attach(id, customerId, 0);
		}
		for (const { id: _id, createdAt: _at, updatedAt: _then, ...fence } of FENCES) {
			await session.geofences.create(fence, 0);
		}
		const created: Rule[] = [];
		for (const [index, rule] of rules.entries()) {
			const { id: _id, version: _v, shadowOf: _s, createdAt: _at, updatedAt: _then, ...fields } = rule;
			created.push(await session.rules.create({ ...fields, name: `R ${index}` }, 0));
		}
		return created;
	});
}
