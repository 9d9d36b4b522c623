import { ruleParameters } from '../../../scripts/demo/fleet-desk.mjs';
import type { Fleet } from '../../../src/app/fleet';
import { type RunningFleet, START_WITHIN_MS } from '../lib/start-fleet';
import { eventually } from '../tools/eventually';
import { queryFleet } from '../tools/fleet-file';
import { inOtherProcess } from '../tools/other-process';

const FEED = 'fleet.status';
const VEHICLES = 20;
const ROUNDS = 300;

/** Round by round each vehicle reports; its tank runs low in the middle of all rounds and stays so. */
function reports(rounds: readonly number[]) {
	return rounds.flatMap((round) =>
		Array.from({ length: VEHICLES }, (_, vehicle) => ({
			key: `R FL ${vehicle}`,
			payload: JSON.stringify({
				messageId: `round ${round} of ${vehicle}`,
				vehicle: `R FL ${vehicle}`,
				reportedAt: Date.now() - 60_000 + round,
				attributes: { fuelLevel: round < ROUNDS / 2 ? 50 : 9, round },
			}),
		})),
	);
}

/** Leaves the events to `whileDown`, which runs between the two n8ns. */
export function restartWithMessages(
	running: () => RunningFleet,
	setRunning: (fleet: RunningFleet) => void,
	whileDown: (fleet: Fleet) => Promise<void>,
): void {
	const rows = (sql: string) => queryFleet(running().host, sql);

	describe('n8n stopped in the middle of a feed', () => {
		it(
			'takes every message once: before, those that waited, and those that came while it was down',
			async () => {
				const { desk, host } = running();
				const plates = Array.from({ length: VEHICLES }, (_, vehicle) => ({ plate: `R FL ${vehicle}` }));
				await desk.fleet('vehicle', 'create', { plate: '={{ $json.plate }}' }, plates);
				const rule = ruleParameters({
					name: 'Low fuel',
					conditions: [
						['fuelLevel', 'lt', '15'],
						['round', 'gte', '0'],
					],
					actions: [{ type: 'storeLog', message: 'Low fuel: {{vehicle.plate}}' }],
				});
				await desk.fleet('rule', 'create', rule);
				const rounds = Array.from({ length: ROUNDS }, (_, round) => round);
				const early = reports(rounds.slice(0, 200));
				const late = reports(rounds.slice(200));
				const taken = () =>
					Number(
						rows(`SELECT count(*) AS n FROM status_history WHERE "messageId" LIKE 'round %'`)[0]?.n ?? 0,
					);

				await inOtherProcess(host, async (_, bus) => await bus.publish(FEED, early));
				await eventually('the first are taken', () => taken() > 0);
				// Ends as Ctrl-C ends it: what it has in hand is finished, the rest waits.
				await host.stop();
				const before = taken();
				expect(before).toBeGreaterThan(0);
				await inOtherProcess(host, async (fleet, bus) => {
					await bus.publish(FEED, [...early.slice(-100), ...late]);
					await whileDown(fleet);
				});
				setRunning(await running().restart());

				const all = (200 + 100) * VEHICLES;
				await eventually('all are taken', () => taken() === all, 60_000);
				const twice = `SELECT "messageId" FROM status_history WHERE "messageId" LIKE 'round %'
					GROUP BY "messageId" HAVING count(*) > 1`;
				expect(rows(twice)).toEqual([]);
				const logs = rows(`SELECT message FROM log WHERE message LIKE 'Low fuel: %'`);
				expect(logs.map(({ message }) => message).sort()).toEqual(
					plates.map(({ plate }) => `Low fuel: ${plate}`).sort(),
				);
			},
			START_WITHIN_MS,
		);
	});
}
