import { byId, ruleParameters } from './fleet-desk.mjs';

/** A rule for one customer's vehicles with all three actions, and one for the vehicles of the tasks that carry it. */
export async function addRules(desk, customer) {
	const lowFuel = {
		...ruleParameters({
			name: 'Low fuel (demo)',
			watches: 'customer',
			conditions: [['fuelLevel', 'lt', '15']],
			actions: [
				{
					type: 'sendEmail',
					to: 'dispatch@fleet.example',
					subject: '{{vehicle.plate}} is low on fuel',
					text: 'Fuel of {{vehicle.plate}} ({{customer.name}}) is at {{attributes.fuelLevel}} %.',
				},
				{ type: 'storeLog', message: 'Low fuel: {{vehicle.plate}} at {{attributes.fuelLevel}} %' },
				{ type: 'createTask', title: 'Refuel {{vehicle.plate}}' },
			],
			more: { customer: byId(customer.id) },
		}),
	};
	const doorOpen = ruleParameters({
		name: 'Door open (demo)',
		watches: 'tasks',
		conditions: [['doorOpen', 'eq', 'true']],
		actions: [{ type: 'storeLog', message: 'Door open: {{vehicle.plate}}' }],
	});
	const [[first], [second]] = await Promise.all(
		[lowFuel, doorOpen].map(async (rule) => await desk.fleet('rule', 'upsert', rule)),
	);
	return { lowFuel: first, doorOpen: second };
}

/**
 * The vehicles that report over one transport: two of the customer whose fuel is watched, three of another. No two
 * transports share one, so that what happens is told apart by its vehicle.
 */
export function castOf(vehicles, [customer, other], index) {
	const of = ({ id }) => vehicles.filter(({ customerId }) => customerId === id);
	const diesel = of(customer).filter(({ attributes }) => attributes.fuelType === 'diesel');
	const [plain, lowOnFuel] = diesel.slice(index * 2);
	const [watched, canceled, probe] = of(other).slice(index * 3);
	return { plain, lowOnFuel, watched, canceled, probe };
}

/** One task without a rule, one with, and one with the same rule that is canceled. */
export async function addTasks(desk, { plain, watched, canceled }, rule) {
	const [wash, deliver, canceledTask] = await desk.fleet(
		'task',
		'create',
		{
			title: '={{ $json.title }}',
			vehicle: byId('={{ $json.vehicle }}'),
			additionalFields: { ruleIds: '={{ $json.ruleIds }}' },
		},
		[
			{ title: `Wash ${plain.plate}`, vehicle: plain.id, ruleIds: [] },
			{ title: `Deliver with ${watched.plate}`, vehicle: watched.id, ruleIds: [rule.id] },
			{ title: `Deliver with ${canceled.plate}`, vehicle: canceled.id, ruleIds: [rule.id] },
		],
	);
	const cancel = { task: byId('={{ $json.id }}') };
	const [canceledNow] = await desk.fleet('task', 'cancel', cancel, [{ id: canceledTask.id }]);
	return { plain: wash, watched: deliver, canceled: canceledNow };
}

/**
 * What the vehicles report: one of two that are watched runs low on fuel, two open a door of which one is watched;
 * those of the other customer are low on fuel too, which no rule asks for.
 */
export function reportsOf({ plain, lowOnFuel, watched, canceled }, transport, at) {
	const report = (vehicle, index, attributes) => ({
		messageId: `demo ${transport.name} ${at} ${index}`,
		vehicle: vehicle.vin,
		reportedAt: new Date(at + index).toISOString(),
		position: { latitude: 48.1547, longitude: 11.4636, heading: 290 },
		attributes: { speed: 48, ...attributes },
	});
	return [
		report(plain, 0, { fuelLevel: 70 }),
		report(lowOnFuel, 1, { fuelLevel: 40 }),
		report(watched, 2, { fuelLevel: 8, doorOpen: false }),
		report(canceled, 3, { fuelLevel: 8, doorOpen: false }),
		report(lowOnFuel, 4, { fuelLevel: 9 }),
		report(lowOnFuel, 5, { fuelLevel: 8 }),
		report(watched, 6, { doorOpen: true }),
		report(canceled, 7, { doorOpen: true }),
	];
}
