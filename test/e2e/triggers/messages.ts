import { byKey, ruleParameters } from '../../../scripts/demo/fleet-desk.mjs';
import { removeWorkflow } from '../../../scripts/demo/run-node.mjs';
import type { SmtpSink } from '../../lib/smtp-sink';
import type { RunningFleet } from '../lib/start-fleet';
import { eventually } from '../tools/eventually';
import { executionsOf, readExecution } from '../tools/executions';
import { queryFleet } from '../tools/fleet-file';
import { startWorkflow, type Step } from '../tools/workflows';

const FEED = 'trigger.messages';
const VIN = '1M8GDM9AXKP042788';

/** A step that fails until the fleet has a vehicle with this plate. */
const gate = (name: string, plate: string, after: Step['after']): Step => ({
	name,
	type: 'n8n-nodes-fleet.fleet',
	parameters: { resource: 'vehicle', operation: 'get', vehicle: byKey(plate) },
	after,
});

export function acknowledgedAfterSuccess(running: () => RunningFleet, sink: () => SmtpSink): void {
	const rows = (sql: string, ...values: (string | number)[]) => queryFleet(running().host, sql, ...values);
	const historyOf = (feed: string) =>
		rows('SELECT "messageId" FROM status_history WHERE feed = ? ORDER BY "messageId"', feed);
	const published = () => rows('SELECT max(id) AS id FROM bus_message WHERE feed = ?', FEED)[0]?.id;
	const cursor = () => rows(`SELECT "cursor" AS id FROM bus_group WHERE feed = ?`, FEED)[0]?.id;

	describe('Fleet Feed Trigger -> Fleet Rules -> Fleet Action', () => {
		it('delivers again until the workflow has succeeded, before and behind its effects, which come once', async () => {
			const { n8n, desk } = running();
			await desk.fleet('vehicle', 'create', { vin: VIN, plate: 'B FL 4711' });
			await desk.fleet('rule', 'create', {
				...ruleParameters({
					name: 'Alarm',
					conditions: [['alarm', 'eq', 'true']],
					actions: [
						{ type: 'sendEmail', to: 'dispatch@fleet.example', subject: 'Alarm', text: '{{vehicle.plate}}' },
						{ type: 'storeLog', message: 'Alarm of {{vehicle.plate}}' },
						{ type: 'createTask', title: 'Look after {{vehicle.plate}}' },
					],
				}),
			});
			const smtp = { fleetSmtpApi: { id: 'fleetSmtp', name: 'Fleet mail' } };
			const workflow = await startWorkflow(n8n, {
				name: 'Alarm by messages',
				steps: [
					{
						name: 'Feed',
						type: 'n8n-nodes-fleet.fleetFeedTrigger',
						parameters: { transport: 'embedded', feed: FEED, mode: 'messages', options: {} },
					},
					// Branches run in the order of their connections: this gate is passed before Fleet Rules runs.
					gate('Gate before', 'GATE 1', ['Feed', 0]),
					{
						name: 'Rules',
						type: 'n8n-nodes-fleet.fleetRules',
						parameters: { feed: FEED, options: {} },
						after: ['Feed', 0],
					},
					{
						name: 'Act',
						type: 'n8n-nodes-fleet.fleetAction',
						parameters: { which: 'firings', firingId: '={{ $json.firing.id }}' },
						credentials: smtp,
					},
					gate('Gate behind', 'GATE 2', ['Act', 0]),
				],
			});
			const failures = async () =>
				(await executionsOf(n8n.call, workflow)).filter(({ status }) => status === 'error').reverse();
			const failedAt = async (node: string) => {
				const [newest] = (await failures()).reverse();
				return newest && (await readExecution(n8n.call, newest.id)).resultData.lastNodeExecuted === node;
			};

			const message = (messageId: string, attributes: object) => ({
				...{ messageId, vehicle: VIN, reportedAt: new Date().toISOString(), attributes },
			});
			await desk.publish({ name: 'embedded' }, FEED, [
				message('calm', { alarm: false }),
				message('alarm', { alarm: true }),
			]);
			await eventually('it fails before the effects', async () => await failedAt('Gate before'));
			expect(historyOf(FEED)).toEqual([]);
			expect(cursor()).toBe(0);

			await desk.fleet('vehicle', 'create', { plate: 'GATE 1' });
			await eventually('it fails behind the effects', async () => await failedAt('Gate behind'));
			await eventually('it is acknowledged', () => cursor() === published());

			const runs = await executionsOf(n8n.call, workflow);
			expect(runs[0]).toMatchObject({ mode: 'trigger', status: 'success' });
			expect(historyOf(FEED).map(({ messageId }) => messageId)).toEqual(['alarm', 'calm']);
			expect(sink().mails.map(({ subject, text }) => [subject, text])).toEqual([['Alarm', 'B FL 4711']]);
			expect(rows('SELECT id FROM log WHERE message = ?', 'Alarm of B FL 4711')).toHaveLength(1);
			expect(rows('SELECT id FROM task WHERE title = ?', 'Look after B FL 4711')).toHaveLength(1);
			await removeWorkflow(n8n, workflow);
		}, 90_000);
	});
}
