import { byId, ruleParameters } from '../../../scripts/demo/fleet-desk.mjs';
import { type SmtpSink, startSmtpSink } from '../../lib/smtp-sink';
import type { RunningFleet } from '../lib/start-fleet';
import { eventually } from '../tools/eventually';
import { executionsOf } from '../tools/executions';
import { queryFleet } from '../tools/fleet-file';
import { runNow } from '../tools/workflows';

const VIN = '1M8GDM9AXKP042788';
const RULE = 'Low fuel without mail server';

/** A rule fires while the mail server is down: nothing is lost, and the schedule makes up for it. */
export function pendingMail(running: () => RunningFleet, smtpPort: () => number) {
	const emails = () =>
		queryFleet(running().host, `SELECT * FROM "action" WHERE content LIKE '%"sendEmail"%' ORDER BY id`);
	const recordsOf = async (resource: string, field: string) => {
		const found = await running().desk.fleet(resource, 'getAll', { returnAll: true });
		return found.filter((record) => String(record[field]).includes('B FL 4711'));
	};

	const isKept = () =>
		describe('feed to actions, with the mail server down', () => {
			it('keeps the email with the reason, and does everything else once', async () => {
				const { desk } = running();
				const [vehicle] = await desk.fleet('vehicle', 'create', { vin: VIN, plate: 'B FL 4711' });
				const [customer] = await desk.fleet('customer', 'create', {
					name: 'Ada Lovelace',
					additionalFields: { externalId: 'C-1', email: 'ada@customer.example' },
				});
				await desk.fleet('vehicle', 'attach', {
					vehicle: byId(Number(vehicle?.id)),
					customer: byId(Number(customer?.id)),
				});
				await desk.fleet('rule', 'create', {
					...ruleParameters({
						name: RULE,
						conditions: [['fuelLevel', 'lt', '15']],
						actions: [
							{
								type: 'sendEmail',
								to: '{{customer.email}}',
								subject: 'Refuel {{vehicle.plate}}',
								text: '{{customer.name}}: {{attributes.fuelLevel}} % left in {{vehicle.plate}}.',
							},
							{ type: 'storeLog', message: '{{vehicle.plate}} is at {{attributes.fuelLevel}} %' },
							{ type: 'createTask', title: 'Refuel {{vehicle.plate}}' },
						],
					}),
				});
				const at = Date.now() - 2_000;
				const messages = [40, 9, 8].map((fuelLevel, index) => ({
					messageId: `fuel ${index}`,
					vehicle: VIN,
					reportedAt: new Date(at + index).toISOString(),
					attributes: { fuelLevel },
				}));
				await desk.publish({ name: 'embedded' }, 'fleet.status', [...messages, ...messages]);

				const [email] = await eventually('the email was attempted', () => {
					const found = emails();
					return found[0]?.lastError !== null && found.length > 0 && found;
				});
				expect(email).toMatchObject({ state: 'pending', attempts: 1 });
				expect(email?.lastError).toMatch(
					/mail server 127\.0\.0\.1:\d+ cannot be reached: nothing listens there/,
				);
				expect(emails()).toHaveLength(1);
				expect(await recordsOf('log', 'message')).toEqual([
					expect.objectContaining({ message: 'B FL 4711 is at 9 %', vehicleId: vehicle?.id }),
				]);
				expect(await recordsOf('task', 'title')).toEqual([
					expect.objectContaining({ title: 'Refuel B FL 4711', state: 'created', vehicleId: vehicle?.id }),
				]);
			});
		});

	const isSent = () =>
		describe('pending actions, with the mail server up again', () => {
			let sink: SmtpSink;
			beforeAll(async () => {
				sink = await startSmtpSink(smtpPort());
			});
			afterAll(async () => await sink?.close());

			it('are performed by the schedule within a minute, exactly once', async () => {
				const { n8n } = running();
				// Its next attempt is due after the back-off of a minute: that minute is over now.
				queryFleet(running().host, `UPDATE "action" SET "dueAt" = ? WHERE state = 'pending'`, Date.now());
				await sink.waitForMails(1, 75_000);
				const [done] = await eventually('the action is done', () => {
					const found = emails();
					return found[0]?.state === 'done' && found;
				});
				// One more for each time that the schedule came while the mail server was down.
				expect(done?.attempts).toBeGreaterThanOrEqual(2);
				await runNow(n8n, 'fleetPendingActions', 'Every minute');
				expect(sink.mails).toEqual([
					expect.objectContaining({
						recipients: ['ada@customer.example'],
						subject: 'Refuel B FL 4711',
						text: 'Ada Lovelace: 9 % left in B FL 4711.',
						messageId: expect.stringMatching(
							new RegExp(`^<firing-${String(done?.firingId)}-action-0-\\d+@n8n-nodes-fleet>$`),
						),
					}),
				]);
				const runs = await executionsOf(n8n.call, 'fleetPendingActions');
				expect(runs).toContainEqual(expect.objectContaining({ mode: 'trigger', status: 'success' }));
				const [firing] = await running().desk.fleet('firing', 'getAll', { returnAll: true });
				expect(firing).toMatchObject({ ruleName: RULE });
			}, 90_000);
		});

	return { isKept, isSent };
}
