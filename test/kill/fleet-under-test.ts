import type { Fleet } from '../../src/app/fleet';
import { createCustomer } from '../../src/app/records/customers';
import { createRule } from '../../src/app/records/rules';
import { addVehicles } from '../lib/add-vehicles';

export const FEED = 'fleet.kill';
/** How far ahead of the clock reports may be: the most that a worker allows. */
export const FUTURE_SECONDS = 86_400;

/** They report all the time, with times ahead of every clock: only later reports make their timers ring. */
export const REPORTING = 120;
/** They report once, hours ago: only the clock makes their timers ring, at whatever moment with one outcome. */
export const SILENT = 30;

export const reportingKey = (index: number): string => `truck-${index}`;
export const silentKey = (index: number): string => `parked-${index}`;

/** Rules that ask the clock, for the silent vehicles: each fires once a vehicle. */
export const CLOCK_RULES = 2;

const task = (title: string, more = {}) => ({ type: 'createTask', title, ...more });
const log = (message: string, more = {}) => ({ type: 'storeLog', message, ...more });
const email = (subject: string) => ({
	type: 'sendEmail',
	to: 'desk@fleet.example',
	subject,
	text: 'As of {{status.reportedAt}}',
});

const RULES = [
	{
		name: 'Low fuel',
		pattern: { attribute: 'fuelLevel', operator: 'lt', value: 15 },
		clear: { attribute: 'fuelLevel', operator: 'gt', value: 25 },
		actions: [task('Refuel {{vehicle.externalId}}'), log('{{attributes.fuelLevel}} %')],
	},
	{
		name: 'Standing',
		pattern: { holds: { attribute: 'speed', operator: 'eq', value: 0 }, forSeconds: 10 },
		actions: [task('Ask why it stands', { completeOnClear: true }), log('stands')],
	},
	{
		name: 'Harsh again and again',
		pattern: {
			count: { attribute: 'harsh', operator: 'eq', value: true },
			of: 'reports',
			times: 3,
			withinSeconds: 60,
		},
		fire: { cooldownSeconds: 90 },
		actions: [log('harsh'), log('calm again', { on: 'cleared' })],
	},
	{
		name: 'Too fast',
		pattern: { attribute: 'speed', operator: 'gt', value: 90 },
		escalations: [
			{ severity: 'critical', when: { attribute: 'speed', operator: 'gt', value: 120 } },
			{ severity: 'critical', afterSeconds: 15 },
		],
		actions: [log('fast'), task('Talk to the driver', { on: 'escalated' })],
	},
	{
		name: 'Alarm',
		pattern: { attribute: 'alarm', operator: 'eq', value: true },
		actions: [email('Alarm of {{vehicle.externalId}}'), log('alarm')],
	},
	{
		name: 'Door',
		pattern: { attribute: 'door', operator: 'eq', value: 'open' },
		fire: { on: 'every' },
		actions: [task('Look who opened it')],
	},
];

const CLOCKED = [
	{
		name: 'No report',
		pattern: { absent: { forSeconds: 600 } },
		actions: [task('Find out why it is silent'), email('{{vehicle.externalId}} is silent')],
	},
	{
		name: 'Parked',
		pattern: { holds: { attribute: 'speed', operator: 'eq', value: 0 }, forSeconds: 900 },
		actions: [log('parked')],
	},
];

/** Vehicles and rules, with the same ids in every store that was empty before. */
export async function fillFleet(fleet: Fleet): Promise<void> {
	const reporting = await createCustomer(fleet, { name: 'Reporting' });
	const silent = await createCustomer(fleet, { name: 'Silent' });
	const keysOf = (count: number, key: (index: number) => string) =>
		Array.from({ length: count }, (_, index) => key(index));
	for (const [keys, customerId] of [
		[keysOf(REPORTING, reportingKey), reporting.id],
		[keysOf(SILENT, silentKey), silent.id],
	] as const) {
		await fleet.store.write(async (session) => {
			const added = await addVehicles(
				session,
				keys.map((externalId) => ({ externalId })),
				0,
			);
			for (const id of added) await session.vehicles.attach(id, customerId, 0);
		});
	}
	for (const [rules, customerId] of [
		[RULES, reporting.id],
		[CLOCKED, silent.id],
	] as const) {
		for (const rule of rules)
			await createRule(fleet, { ...rule, scope: { vehicles: 'customer', customerId } });
	}
}
