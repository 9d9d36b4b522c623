import { byId, byKey, ruleParameters } from '../../../scripts/demo/fleet-desk.mjs';
import type { Fleet } from '../../../src/app/fleet';
import { cancelTask } from '../../../src/app/records/move-task';
import { createTask } from '../../../src/app/records/tasks';
import type { RunningFleet } from '../lib/start-fleet';
import { eventually } from '../tools/eventually';
import { executionsOf, itemsOf, readExecution } from '../tools/executions';
import { callUploadApi } from '../tools/uploads';
import { startWorkflow } from '../tools/workflows';

const VIN = '1J9RP1A36A1644345';
const WANTED = [
	'importEnded',
	'ruleCleared',
	'ruleFired',
	'taskCanceled',
	'taskCompleted',
	'taskCreated',
	'vehicleAttached',
];

export function eventsOnce(running: () => RunningFleet) {
	let workflow = '';
	let idWhileDown = 0;

	/** Every event that a run of the workflow was started for, as `type recordId`. */
	async function told(): Promise<string[]> {
		const { call } = running().n8n;
		const runs = await executionsOf(call, workflow);
		const data = await Promise.all(runs.map(async ({ id }) => await readExecution(call, id)));
		return data
			.flatMap((run) => itemsOf(run, 'Event'))
			.map(({ json }) => `${String(json.type)} ${String(json.recordId)}`);
	}
	const untilTold = async (...wanted: string[]) =>
		await eventually(`told: ${wanted.join(', ')}`, async () => {
			const all = await told();
			return wanted.every((each) => all.includes(each)) && all;
		});

	const areTold = () =>
		describe('Fleet Event Trigger', () => {
			it('starts the workflow once for each event of the kinds that it is set to', async () => {
				const { n8n, desk } = running();
				workflow = await startWorkflow(n8n, {
					name: 'Events',
					steps: [
						{
							name: 'Event',
							type: 'n8n-nodes-fleet.fleetEventTrigger',
							parameters: { events: WANTED, options: {} },
						},
						{ name: 'End', type: 'n8n-nodes-base.noOp', parameters: {} },
					],
				});
				// Another kind of event, of which nothing is told.
				const [vehicle] = await desk.fleet('vehicle', 'create', { vin: VIN, plate: 'B EV 1' });
				const [customer] = await desk.fleet('customer', 'create', { name: 'Ada Lovelace' });
				await desk.fleet('vehicle', 'attach', {
					vehicle: byKey(VIN),
					customer: byId(Number(customer?.id)),
				});
				const [wash] = await desk.fleet('task', 'create', { title: 'Wash' });
				const [refuel] = await desk.fleet('task', 'create', { title: 'Refuel' });
				await desk.fleet('task', 'complete', { task: byId(Number(wash?.id)) });
				await desk.fleet('task', 'cancel', { task: byId(Number(refuel?.id)) });
				await callUploadApi(n8n, { body: '[{"plate":"B EV 2"}]', query: '?records=vehicles' });
				const rule = ruleParameters({
					name: 'Too hot',
					conditions: [['engineTemperature', 'gt', '110']],
					actions: [{ type: 'createTask', title: 'Cool {{vehicle.plate}}' }],
				});
				await desk.fleet('rule', 'create', rule);
				const at = Date.now() - 1_000;
				const reports = [90, 120, 80].map((engineTemperature, index) => ({
					vehicle: VIN,
					reportedAt: new Date(at + index).toISOString(),
					attributes: { engineTemperature },
				}));
				await desk.publish({ name: 'embedded' }, 'fleet.status', [...reports, ...reports]);
				const firing = await eventually('the rule has cleared', async () => {
					const firings = await desk.fleet('firing', 'getAll', { returnAll: true });
					return firings.find(({ ruleName, clearedAt }) => ruleName === 'Too hot' && clearedAt !== null);
				});
				const tasks = await desk.fleet('task', 'getAll', { returnAll: true });
				const cool = tasks.find(({ title }) => title === 'Cool B EV 1');
				const imports = await eventually('the import has ended', async () => {
					const found = await desk.fleet('import', 'getAll', { returnAll: true });
					return found.length === 1 && found[0]?.state === 'done' && found;
				});
				const expected = [
					`vehicleAttached ${String(vehicle?.id)}`,
					`taskCreated ${String(wash?.id)}`,
					`taskCreated ${String(refuel?.id)}`,
					`taskCompleted ${String(wash?.id)}`,
					`taskCanceled ${String(refuel?.id)}`,
					`importEnded ${String(imports[0]?.id)}`,
					`ruleFired ${String(firing.id)}`,
					`taskCreated ${String(cool?.id)}`,
					`ruleCleared ${String(firing.id)}`,
				];
				const all = await untilTold(...expected);
				expect([...all].sort()).toEqual([...expected].sort());
			}, 90_000);
		});

	/** What happens, by another process on the same store, while n8n is down. */
	const whileDown = async (fleet: Fleet) => {
		const task = await createTask(fleet, { title: 'Made while n8n was down' });
		idWhileDown = task.id;
		await cancelTask(fleet, { id: task.id });
	};

	const areCaughtUp = () =>
		describe('Fleet Event Trigger, after n8n was down', () => {
			it('starts the workflow for what happened meanwhile, once', async () => {
				const all = await untilTold(`taskCreated ${idWhileDown}`, `taskCanceled ${idWhileDown}`);
				expect(
					all.filter((event) => event.endsWith(` ${idWhileDown}`) && event.startsWith('task')),
				).toHaveLength(2);
				expect(new Set(all).size).toBe(all.length);
			});
		});

	return { areTold, whileDown, areCaughtUp };
}
