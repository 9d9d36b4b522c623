import { setTimeout as sleep } from 'node:timers/promises';
import { byId, byKey, ruleParameters } from './fleet-desk.mjs';
import { startFeedWorkflow } from './transports.mjs';

const DISPATCH = 'dispatch@fleet.example';

/** Rules of one transport carry its title, so that several runs in one fleet do not mix. */
async function addRules(desk, title) {
	const [lowFuel] = await desk.fleet('rule', 'upsert', {
		...ruleParameters({
			name: `Low fuel (${title})`,
			conditions: [
				['fuelLevel', 'lt', '15'],
				['demoRun', 'eq', title],
			],
			actions: [
				{
					type: 'sendEmail',
					to: DISPATCH,
					subject: '{{vehicle.plate}} is low on fuel',
					text: 'Fuel of {{vehicle.plate}} ({{customer.name}}) is at {{attributes.fuelLevel}} %.',
				},
				{
					type: 'storeLog',
					message: `Low fuel over ${title}: {{vehicle.plate}} at {{attributes.fuelLevel}} %`,
				},
				{ type: 'createTask', title: `Refuel {{vehicle.plate}} (${title})` },
			],
		}),
	});
	const [doorOpen] = await desk.fleet('rule', 'upsert', {
		...ruleParameters({
			name: `Door open (${title})`,
			watches: 'tasks',
			conditions: [['doorOpen', 'eq', 'true']],
			actions: [{ type: 'storeLog', message: `Door open over ${title}: {{vehicle.plate}}` }],
		}),
	});
	return { lowFuel, doorOpen };
}

/** One task without a rule, one with, and one with the same rule that is canceled. */
async function addTasks(desk, title, { plain, watched, canceled }, rule) {
	const task = async (name, vehicle, ruleIds) => {
		const [created] = await desk.fleet('task', 'create', {
			title: `${name} (${title})`,
			vehicle: byId(vehicle.id),
			additionalFields: ruleIds.length > 0 ? { ruleIds } : {},
		});
		return created;
	};
	const tasks = {
		plain: await task('Wash', plain, []),
		watched: await task('Deliver', watched, [rule.id]),
		canceled: await task('Deliver elsewhere', canceled, [rule.id]),
	};
	const [canceledNow] = await desk.fleet('task', 'cancel', { task: byId(tasks.canceled.id) });
	return { ...tasks, canceled: canceledNow };
}

/** What the vehicles report: one runs low on fuel, two open a door; the others drive on. */
function reports(title, vehicles, at) {
	const report = (vehicle, index, attributes) => ({
		messageId: `demo ${title} ${at} ${vehicle.id} ${index}`,
		vehicle: vehicle.vin,
		reportedAt: new Date(at + index).toISOString(),
		position: { latitude: 52.52 + vehicle.id / 10_000, longitude: 13.4 },
		attributes: { speed: 48, ...attributes },
	});
	const { plain, lowOnFuel, watched, canceled } = vehicles;
	return [
		report(plain, 0, { fuelLevel: 70, demoRun: title }),
		report(lowOnFuel, 1, { fuelLevel: 40, demoRun: title }),
		report(lowOnFuel, 2, { fuelLevel: 9, demoRun: title }),
		report(lowOnFuel, 3, { fuelLevel: 8, demoRun: title }),
		report(watched, 4, { doorOpen: true }),
		report(canceled, 5, { doorOpen: true }),
	];
}

/**
 * Watches rules fire over one transport: adds rules and tasks, publishes every message twice, waits for what happens,
 * and returns all of it as data.
 */
export async function watchFeed({ n8n, desk, sink, transport, feed, vehicles }) {
	const { title } = transport;
	const rules = await addRules(desk, title);
	const tasks = await addTasks(desk, title, vehicles, rules.doorOpen);
	const stop = transport.name === 'embedded' ? async () => {} : await startFeedWorkflow(n8n, transport, feed);
	try {
		await untilListening(desk, transport, feed, vehicles.probe);
		const at = Date.now() - 1_000;
		const messages = reports(title, vehicles, at);
		const mailsBefore = sink.mails.length;
		await desk.publish(transport, feed, [...messages, ...messages]);
		const found = await untilDone(desk, sink, { title, vehicles, mailsBefore, messages });
		return {
			transport: transport.name,
			title,
			rules,
			tasks,
			messages: messages.length,
			...found,
		};
	} finally {
		await stop();
	}
}

/** Pub/sub loses what is sent before somebody listens, so a vehicle that plays no part reports until it is heard. */
async function untilListening(desk, transport, feed, probe) {
	const deadline = Date.now() + 30_000;
	for (let attempt = 0; Date.now() < deadline; attempt++) {
		const reportedAt = new Date().toISOString();
		await desk.publish(transport, feed, [
			{ vehicle: probe.vin, reportedAt, attributes: { probe: `${transport.name} ${attempt}` } },
		]);
		for (let look = 0; look < 10; look++) {
			const status = await statusOf(desk, probe);
			if (String(status?.attributes?.probe ?? '').startsWith(transport.name)) return;
			await sleep(150);
		}
	}
	throw new Error(`Nobody reads the feed over ${transport.title}`);
}

async function statusOf(desk, vehicle) {
	try {
		return (await desk.fleet('status', 'get', { vehicle: byKey(vehicle.vin) }))[0];
	} catch {
		return null;
	}
}

async function untilDone(desk, sink, { title, vehicles, mailsBefore, messages }) {
	const last = messages.at(-1);
	const deadline = Date.now() + 60_000;
	for (;;) {
		const mails = sink.mails.slice(mailsBefore);
		const status = await statusOf(desk, vehicles.canceled);
		const isRead = status?.messageId === last.messageId;
		if (isRead && mails.length > 0) break;
		if (Date.now() > deadline) {
			throw new Error(`Over ${title}: last message ${isRead ? '' : 'not '}read, ${mails.length} mails came`);
		}
		await sleep(150);
	}
	// A second mail, log entry or task would come of the second delivery: it gets the time to.
	await sleep(1_500);
	const inTitle = (text) => text.includes(title);
	const logs = await desk.fleet('log', 'getAll', { returnAll: true });
	const tasks = await desk.fleet('task', 'getAll', { returnAll: true });
	const firings = await desk.fleet('firing', 'getAll', { returnAll: true });
	return {
		mails: sink.mails.slice(mailsBefore),
		logs: logs.filter(({ message }) => inTitle(message)),
		createdTasks: tasks.filter((task) => task.firingId !== null && inTitle(task.title)),
		firings: firings.filter(({ ruleName }) => inTitle(ruleName)),
		status: await statusOf(desk, vehicles.lowOnFuel),
	};
}
