import { setTimeout as sleep } from 'node:timers/promises';
import { byId, byKey } from './fleet-desk.mjs';
import { addTasks, reportsOf } from './play.mjs';
import { EMBEDDED, FEED, startFeedWorkflow } from './transports.mjs';

const WITHIN_MS = 60_000;

/**
 * Watches rules fire over one transport: adds tasks, publishes messages, waits for what happens, publishes all of
 * them once more, waits until those are read too, and returns all that came of it as data.
 */
export async function watchFeed({ n8n, desk, sink, transport, rules, cast, atEnd }) {
	const startedAt = Date.now();
	const tasks = await addTasks(desk, cast, rules.doorOpen);
	const stop = transport === EMBEDDED ? async () => {} : await startFeedWorkflow(n8n, transport, FEED);
	atEnd(stop);
	const words = { first: `first ${startedAt}`, last: `last ${startedAt}` };
	if (!transport.isDurable) await untilListening(desk, transport, cast.probe, words.first);

	const messages = reportsOf(cast, transport, Date.now());
	const mailsBefore = sink.mails.length;
	await desk.publish(transport, FEED, messages);
	await until('the email comes', async () => sink.mails.length > mailsBefore, 10);

	// Read in order: when the last one is in the store, the repeated ones before it have had their effect, if any.
	await desk.publish(transport, FEED, [...messages, probeOf(cast.probe, words.last)]);
	await until('the repeated messages are read', async () => await hasReported(desk, cast.probe, words.last));
	let happened;
	await until('all actions are done', async () => {
		happened = await whatHappened(desk, Object.values(cast), startedAt);
		return happened.actions.every(({ state }) => state === 'done');
	});

	const unread = (await transport.unread?.()) ?? null;
	await stop();
	const mails = sink.mails.slice(mailsBefore);
	return { transport: transport.name, cast, tasks, messages, mails, unread, ...happened };
}

/** Pub/sub loses what is sent before somebody listens, so a vehicle that plays no part reports until it is heard. */
async function untilListening(desk, transport, probe, word) {
	await until(`somebody reads the feed over ${transport.title}`, async () => {
		await desk.publish(transport, FEED, [probeOf(probe, word)]);
		return await hasReported(desk, probe, word);
	});
}

function probeOf(vehicle, word) {
	return { vehicle: vehicle.vin, reportedAt: new Date().toISOString(), attributes: { probe: word } };
}

async function hasReported(desk, vehicle, word) {
	const newest = { vehicle: byKey(vehicle.vin), limit: 1 };
	const [report] = await desk.fleet('status', 'getHistory', newest);
	return report?.attributes.probe === word;
}

async function until(what, isSo, pauseMs = 100) {
	const deadline = Date.now() + WITHIN_MS;
	while (!(await isSo())) {
		if (Date.now() > deadline) throw new Error(`Waited ${WITHIN_MS / 1000} s in vain until ${what}`);
		await sleep(pauseMs);
	}
}

/** What the vehicles' reports brought about since then, oldest first; an earlier demo in the same fleet is left out. */
async function whatHappened(desk, vehicles, since) {
	const ids = new Set(vehicles.map(({ id }) => id));
	const list = async (resource, timeField) => {
		const records = await desk.fleet(resource, 'getAll', { returnAll: true });
		const isNew = (record) => ids.has(record.vehicleId) && Date.parse(record[timeField]) >= since;
		return records.filter(isNew).sort((a, b) => a.id - b.id);
	};
	const [firings, logs, tasks, statuses] = await Promise.all([
		list('firing', 'openedAt'),
		list('log', 'at'),
		list('task', 'createdAt'),
		desk.fleet('status', 'get', { vehicle: byKey('={{ $json.vin }}') }, vehicles),
	]);
	const actions = await desk.fleet('firing', 'getActions', { firing: byId('={{ $json.id }}') }, firings);
	const createdTasks = tasks.filter(({ firingId }) => firingId !== null);
	return { firings, actions, logs, createdTasks, statuses };
}
