import { ruleParameters } from '../../../scripts/demo/fleet-desk.mjs';
import type { Fleet } from '../../../src/app/fleet';
import { type RunningFleet, START_WITHIN_MS } from '../lib/start-fleet';
import { eventually } from '../tools/eventually';
import { queryFleet } from '../tools/fleet-file';
import { inOtherProcess } from '../tools/other-process';

const FEED = 'fleet.status';
const VEHICLES = 20;
const ROUNDS = 300;
const EARLY_ROUNDS = 200;

/** Round by round each vehicle reports; its tank runs low in the middle of all rounds and stays so. */
function reports(signal: string, rounds: readonly number[]) {
	return rounds.flatMap((round) =>
		Array.from({ length: VEHICLES }, (_, vehicle) => ({
			key: `${signal} ${vehicle}`,
			payload: JSON.stringify({
				messageId: `${signal} ${vehicle}, round ${round}`,
				vehicle: `${signal} ${vehicle}`,
				reportedAt: Date.now() - 60_000 + round,
				attributes: { fuelLevel: round < ROUNDS / 2 ? 50 : 9, signal },
			}),
		})),
	);
}

/** What n8n had not taken when it was ended. `whileDown` runs between the two n8ns. */
export function restartWithMessages(
	signal: 'SIGTERM' | 'SIGKILL',
	running: () => RunningFleet,
	setRunning: (fleet: RunningFleet) => void,
	whileDown: (fleet: Fleet) => Promise<void> = async () => {},
): void {
	const rows = (sql: string) => queryFleet(running().host, sql, `${signal} %`);
	const taken = () =>
		Number(rows('SELECT count(*) AS n FROM status_history WHERE "messageId" LIKE ?')[0]?.n ?? 0);

	async function end({ host }: RunningFleet): Promise<void> {
		process.kill(host.pid, signal);
		await host.hasEnded;
		await host.stop();
	}

	describe(`n8n ended by ${signal} in the middle of a feed`, () => {
		it(
			'takes every message once: before, those that waited, and those that came while it was down',
			async () => {
				const { desk, host } = running();
				const plates = Array.from({ length: VEHICLES }, (_, vehicle) => ({ plate: `${signal} ${vehicle}` }));
				await desk.fleet('vehicle', 'create', { plate: '={{ $json.plate }}' }, plates);
				const rule = ruleParameters({
					name: `Low fuel, ${signal}`,
					conditions: [
						['fuelLevel', 'lt', '15'],
						['signal', 'eq', signal],
					],
					actions: [{ type: 'storeLog', message: '{{vehicle.plate}} is low on fuel' }],
				});
				await desk.fleet('rule', 'create', rule);
				const rounds = Array.from({ length: ROUNDS }, (_, round) => round);
				const early = reports(signal, rounds.slice(0, EARLY_ROUNDS));
				const late = reports(signal, rounds.slice(EARLY_ROUNDS));

				await inOtherProcess(host, async (_, bus) => await bus.publish(FEED, early));
				await eventually('the first are taken', () => taken() > 0);
				await end(running());
				await inOtherProcess(host, async (fleet, bus) => {
					await bus.publish(FEED, [...early.slice(-100), ...late]);
					await whileDown(fleet);
				});
				setRunning(await running().restart());

				await eventually('all are taken', () => taken() === ROUNDS * VEHICLES, 60_000);
				const twice = `SELECT "messageId" FROM status_history WHERE "messageId" LIKE ?
					GROUP BY "messageId" HAVING count(*) > 1`;
				expect(rows(twice)).toEqual([]);
				const logs = rows('SELECT message FROM log WHERE message LIKE ?');
				expect(logs.map(({ message }) => message).sort()).toEqual(
					plates.map(({ plate }) => `${plate} is low on fuel`).sort(),
				);
			},
			START_WITHIN_MS,
		);
	});
}
