import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { byId, byKey } from './fleet-desk.mjs';
import { addRules, castOf } from './play.mjs';
import { EMBEDDED, redisTransports } from './transports.mjs';
import { endedImport, importIdOf, uploadByApi, uploadByForm } from './upload.mjs';
import { watchFeed } from './watch-feed.mjs';

/**
 * Drives the standard flow over a running n8n's HTTP and returns what each step brought about, as data.
 *
 * @param n8n        `{ url, call, apiHeader, formUser, formPassword, addresses: { form, api } }`
 * @param desk       its Fleet nodes
 * @param sink       the local mail server that the shipped mail credential names
 * @param dataFolder where `vehicles.csv` and `fleet.json` are
 * @param redisPort  of a Redis on 127.0.0.1, or null
 * @param upload     sends the form; left out: over HTTP as a browser does
 * @param step       runs `work` as the step of this name: called with `(name, work)`
 * @param atEnd      told what is to be undone when all is over, however it ends
 */
export async function standardFlow({
	n8n,
	desk,
	sink,
	dataFolder,
	redisPort,
	upload = uploadByForm,
	step,
	atEnd,
}) {
	const report = {};
	const run = async (name, work) => {
		report[name] = await step(name, work);
		return report[name];
	};

	await run('uploadForm', async () => {
		const page = await upload(n8n, n8n.addresses.form, join(dataFolder, 'vehicles.csv'));
		return { page, import: await endedImport(desk, importIdOf(page)) };
	});
	await run('uploadApi', async () => {
		const answer = await uploadByApi(n8n, n8n.addresses.api, join(dataFolder, 'fleet.json'));
		return { answer, import: await endedImport(desk, answer.body.imports[0].id) };
	});
	const { vehicles, customers } = await run('store', async () => await readFleet(desk, dataFolder));
	await run('edit', async () => await editOneVehicle(desk));
	const { attached } = await run('attach', async () => await attachAll(desk, vehicles, customers));
	const rules = await run('rules', async () => await addRules(desk, customers[0]));

	const redis = redisPort ? await redisTransports(n8n, redisPort) : null;
	if (redis) atEnd(redis.remove);
	const transports = [EMBEDDED, ...(redis?.transports ?? [])];
	for (const [index, transport] of transports.entries()) {
		const cast = castOf(attached, customers, index);
		await run(
			transport.name,
			async () => await watchFeed({ n8n, desk, sink, transport, rules, cast, atEnd }),
		);
	}
	return report;
}

/** The uploaded vehicles and customers as the fleet has them now, and the statuses of those that have reported. */
async function readFleet(desk, dataFolder) {
	const csv = readFileSync(join(dataFolder, 'vehicles.csv'), 'utf8');
	const { customers, statuses } = JSON.parse(readFileSync(join(dataFolder, 'fleet.json'), 'utf8'));
	// A fleet that runs already may have vehicles of its own, which are none of the demo's business.
	const vins = new Set(csv.split('\n').map((line) => line.split(',')[0]));
	const keys = new Set(customers.map(({ externalId }) => externalId));
	const reporting = [...new Set(statuses.map(({ vehicle }) => vehicle))].map((vin) => ({ vin }));
	const [allVehicles, allCustomers, current] = await Promise.all([
		desk.fleet('vehicle', 'getAll', { returnAll: true }),
		desk.fleet('customer', 'getAll', { returnAll: true }),
		desk.fleet('status', 'get', { vehicle: byKey('={{ $json.vin }}') }, reporting),
	]);
	return {
		vehicles: allVehicles.filter(({ vin }) => vins.has(vin)),
		customers: allCustomers.filter(({ externalId }) => keys.has(externalId)),
		statuses: current,
	};
}

/** Create, read, update and delete, on a vehicle that is gone afterwards. */
async function editOneVehicle(desk) {
	const vin = '1M8GDM9AXKP042788';
	const vehicle = byKey(vin);
	const [created] = await desk.fleet('vehicle', 'create', {
		vin,
		plate: 'B FL 4711',
		additionalFields: { make: 'MAN' },
	});
	const [read] = await desk.fleet('vehicle', 'get', { vehicle });
	const [updated] = await desk.fleet('vehicle', 'update', { vehicle, updateFields: { model: 'TGX' } });
	const [deleted] = await desk.fleet('vehicle', 'delete', { vehicle });
	return { created, read, updated, deleted };
}

/** Vehicles to customers in turn. */
async function attachAll(desk, vehicles, customers) {
	const pairs = vehicles.map(({ id }, index) => ({
		vehicle: id,
		customer: customers[index % customers.length].id,
	}));
	const parameters = { vehicle: byId('={{ $json.vehicle }}'), customer: byId('={{ $json.customer }}') };
	return { pairs, attached: await desk.fleet('vehicle', 'attach', parameters, pairs) };
}
