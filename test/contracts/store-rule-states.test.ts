import { NEVER_MET } from '../../src/domain/rules/rule-state';
import { AT, firing, report, ruleFields, vehicleFields } from './store/samples';
import { describeStores } from './store/stores';

const open = { openedAt: AT, severity: 'warning', isAcknowledged: false, notifiedAt: AT } as const;

describeStores('rule states', (use) => {
	const twoVehiclesAndARule = async () =>
		await use().store.write(async ({ rules, vehicles }) => {
			const [a, b] = [
				await vehicles.create(vehicleFields({ vin: 'VIN1' }), AT),
				await vehicles.create(vehicleFields({ vin: 'VIN2' }), AT),
			];
			return { a: a.id, b: b.id, rule: await rules.create(ruleFields(), AT) };
		});

	it("keeps each rule's state of each vehicle, and drops it with either", async () => {
		const { store } = use();
		const { a, b, rule } = await twoVehiclesAndARule();
		const met = { ...NEVER_MET, isMet: true, lastFiredAt: AT, open, dueAt: AT + 5 };
		const ofA = { ruleId: rule.id, vehicleId: a, firingId: 3, state: met };
		const remembers = {
			...NEVER_MET,
			memory: { since: [1, null] },
			firedOn: { day: '2026-03-01', times: 2 },
		};
		const ofB = { ruleId: rule.id, vehicleId: b, firingId: null, state: remembers };
		await store.write(async ({ rules, vehicles }) => {
			await rules.saveStates([ofA, ofB]);
			expect(await rules.states([a])).toEqual([ofA]);
			const cleared = { ...ofA, firingId: null, state: { ...NEVER_MET, lastFiredAt: AT } };
			await rules.saveStates([ofA, cleared]);
			expect(await rules.states([a, a, 999])).toEqual([cleared]);
			await rules.forgetMemory(rule.id);
			const counts = { ...remembers, memory: null };
			expect(await rules.states([b])).toEqual([{ ...ofB, state: counts }]);
			await rules.saveStates([{ ...ofB, state: { ...remembers, isMet: true, dueAt: AT } }]);
			await rules.startAfresh(rule.id);
			expect(await rules.states([a, b])).toEqual([cleared, { ...ofB, state: counts }]);
			await rules.saveStates([{ ...ofB, state: NEVER_MET }]);
			expect(await rules.states([a, b])).toEqual([cleared]);
			await vehicles.remove(a);
			expect(await rules.states([a, b])).toEqual([]);
			await rules.saveStates([ofB]);
			await rules.remove(rule.id);
			expect(await rules.states([b])).toEqual([]);
		});
	});

	it('finds the vehicles that are due, those that wait longest first', async () => {
		const { store } = use();
		const { a, b, rule } = await twoVehiclesAndARule();
		await store.write(async ({ rules }) => {
			const other = await rules.create(ruleFields({ name: 'Other' }), AT);
			const due = (vehicleId: number, ruleId: number, dueAt: number | null) => ({
				...{ ruleId, vehicleId, firingId: null },
				state: { ...NEVER_MET, lastFiredAt: 1, dueAt },
			});
			await rules.saveStates([due(a, rule.id, AT + 9), due(a, other.id, AT + 2), due(b, rule.id, AT + 1)]);
			expect(await rules.dueVehicles(AT, 10)).toEqual([]);
			expect(await rules.dueVehicles(AT + 20, 10)).toEqual([b, a]);
			expect(await rules.dueVehicles(AT + 2, 1)).toEqual([b]);
			await rules.saveStates([due(b, rule.id, null)]);
			expect(await rules.dueVehicles(AT + 2, 10)).toEqual([a]);
		});
	});

	it('makes a rule due for the vehicles in its scope that have reported', async () => {
		const { store } = use();
		const { a, b, rule } = await twoVehiclesAndARule();
		const { feed: _feed, isLate: _late, ...status } = report(a);
		await store.write(async ({ rules, statuses }) => {
			await statuses.saveCurrent([status]);
			await rules.saveStates([
				{ ruleId: rule.id, vehicleId: a, firingId: null, state: { ...NEVER_MET, memory: [1] } },
			]);
			await rules.makeDue(rule.id, AT);
			expect(await rules.states([a, b])).toEqual([
				{ ruleId: rule.id, vehicleId: a, firingId: null, state: { ...NEVER_MET, memory: [1], dueAt: AT } },
			]);
			const ofB = await rules.create(ruleFields({ scope: { vehicles: 'vehicle', vehicleId: b } }), AT);
			await rules.makeDue(ofB.id, AT);
			expect((await rules.states([a, b])).map(({ ruleId }) => ruleId)).toEqual([rule.id]);
			await statuses.saveCurrent([{ ...status, vehicleId: b }]);
			await rules.makeDue(ofB.id, AT + 1);
			expect(await rules.states([b])).toMatchObject([{ ruleId: ofB.id, state: { dueAt: AT + 1 } }]);
		});
	});

	it('changes the severity of firings, and lists what opened in a time', async () => {
		const { store } = use();
		await store.write(async ({ firings }) => {
			const [first = 0, second = 0] = await firings.open([
				firing({ openedAt: AT + 5, vehicleId: 8 }),
				firing({ openedAt: AT, isShadow: true }),
				firing({ openedAt: AT, ruleId: 2 }),
			]);
			await firings.changeSeverity([
				{ id: first, severity: 'info' },
				{ id: first, severity: 'critical' },
			]);
			expect(await firings.get(first)).toMatchObject({ severity: 'critical', isShadow: false });
			expect(await firings.get(second)).toMatchObject({ severity: 'warning', isShadow: true });
			await firings.clear([{ id: second, clearedAt: AT + 3 }]);
			expect(await firings.openedBetween(1, AT, AT + 6)).toEqual([
				{ vehicleId: 1, openedAt: AT, clearedAt: AT + 3 },
				{ vehicleId: 8, openedAt: AT + 5, clearedAt: null },
			]);
			expect(await firings.openedBetween(1, AT, AT + 5)).toHaveLength(1);
		});
	});
});
