import { AT, ruleFields, taskFields } from './store/samples';
import { describeStores } from './store/stores';

describeStores('rule versions', (use) => {
	it('keeps every save as a version, and takes away what an update leaves out', async () => {
		const { store } = use();
		await store.write(async ({ rules }) => {
			const clear = { attribute: 'fuelLevel', operator: 'gt', value: 20 } as const;
			const escalations = [{ severity: 'critical', afterSeconds: 60 }] as const;
			const first = ruleFields({ clear, escalations, maxGapSeconds: 300 });
			const rule = await rules.create(first, AT);
			expect(rule).toMatchObject({ clear, escalations, maxGapSeconds: 300 });
			const changed = await rules.update(rule.id, { clear: undefined, name: 'Lower' }, AT + 1);
			expect(changed).toMatchObject({ version: 2, name: 'Lower', maxGapSeconds: 300 });
			expect(changed?.clear).toBeUndefined();
			const { clear: _clear, ...withoutClear } = first;
			expect(await rules.versions(rule.id)).toEqual([
				{ ruleId: rule.id, version: 2, savedAt: AT + 1, fields: { ...withoutClear, name: 'Lower' } },
				{ ruleId: rule.id, version: 1, savedAt: AT, fields: first },
			]);
			expect(await rules.version(rule.id, 1)).toMatchObject({ fields: first });
			expect(await rules.version(rule.id, 3)).toBeNull();
		});
	});

	it('tells what has changed since a revision', async () => {
		const { store } = use();
		await store.write(async ({ rules, tasks }) => {
			const kept = await rules.create(ruleFields({ name: 'Kept' }), AT);
			const removed = await rules.create(ruleFields({ name: 'Removed' }), AT);
			const disabled = await rules.create(ruleFields({ name: 'Disabled' }), AT);
			const { revision } = await rules.active();
			expect(await rules.changesSince(revision)).toEqual({
				...{ revision, changed: [], gone: [], taskWatches: null, geofences: null },
			});
			const changed = await rules.update(kept.id, { severity: 'critical' }, AT + 1);
			await rules.remove(removed.id);
			await rules.update(disabled.id, { enabled: false }, AT + 1);
			expect(await rules.changesSince(revision)).toEqual({
				revision: revision + 3,
				changed: [changed],
				gone: [disabled.id, removed.id],
				taskWatches: null,
				geofences: null,
			});
			const onTasks = await rules.create(ruleFields({ scope: { vehicles: 'tasks' } }), AT);
			const task = await tasks.create(taskFields(), AT);
			const before = await rules.revision();
			await tasks.attachRule(task.id, onTasks.id);
			expect(await rules.changesSince(before)).toMatchObject({
				changed: [],
				taskWatches: [{ ruleId: onTasks.id, taskId: task.id }],
			});
		});
	});

	it('keeps a trial beside its rule, and removes it with the rule', async () => {
		const { store } = use();
		await store.write(async ({ rules }) => {
			const rule = await rules.create(ruleFields(), AT);
			const shadow = await rules.createShadow(rule.id, ruleFields({ name: 'Trial' }), AT);
			expect(shadow).toMatchObject({ shadowOf: rule.id, version: 1 });
			expect(await rules.find({ where: { shadowOf: rule.id } })).toEqual([shadow]);
			expect((await rules.active()).rules).toEqual([rule, shadow]);
			const { revision } = await rules.active();
			await rules.remove(rule.id);
			expect(await rules.count()).toBe(0);
			expect(await rules.changesSince(revision)).toMatchObject({ gone: [rule.id, shadow.id] });
		});
	});
});
