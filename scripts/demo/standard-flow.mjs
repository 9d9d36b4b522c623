import { join } from 'node:path';
import { byId, byKey, fleetDesk } from './fleet-desk.mjs';
import { endedImport, importIdOf, uploadByApi, uploadByForm } from './upload.mjs';
import { EMBEDDED, redisTransports } from './transports.mjs';
import { watchFeed } from './watch-feed.mjs';

/** The feed that the shipped workflow reads. */
const FEED = 'fleet.status';

/**
 * Drives the standard flow over a running n8n's HTTP and returns what each step brought about, as data.
 *
 * @param n8n        `{ url, call, apiHeader, formUser, formPassword, addresses: { form, api } }`
 * @param sink       the local mail server that the shipped mail credential names
 * @param dataFolder where `vehicles.csv` and `fleet.json` are
 * @param redisPort  of a Redis on 127.0.0.1, or null
 * @param upload     sends the form; left out: over HTTP as a browser does
 * @param tell       called with `(step, facts)` after each step
 */
export async function standardFlow({
	n8n,
	sink,
	dataFolder,
	redisPort,
	upload = uploadByForm,
	tell = () => {},
}) {
	const desk = fleetDesk(n8n);
	const report = {};
	const step = async (name, work) => {
		report[name] = await work();
		tell(name, report[name]);
		return report[name];
	};

	await step('upload', async () => {
		const page = await upload(n8n, n8n.addresses.form, join(dataFolder, 'vehicles.csv'));
		const vehicles = await endedImport(desk, importIdOf(page));
		const answer = await uploadByApi(n8n, n8n.addresses.api, join(dataFolder, 'fleet.json'));
		const fleet = await endedImport(desk, answer.body.imports[0].id);
		return { page, vehicles, answer, fleet };
	});

	const { vehicles } = await step('store', async () => ({
		vehicles: await desk.fleet('vehicle', 'getAll', { returnAll: true }),
		customers: await desk.fleet('customer', 'getAll', { returnAll: true }),
		edited: await editOneVehicle(desk),
	}));

	await step('attach', async () => {
		const pairs = vehicles.map(({ id }, index) => ({
			vehicle: id,
			customer: report.store.customers[index % report.store.customers.length].id,
		}));
		const attached = await desk.fleet(
			'vehicle',
			'attach',
			{ vehicle: byId('={{ $json.vehicle }}'), customer: byId('={{ $json.customer }}') },
			pairs,
		);
		return { pairs, attached };
	});

	const redis = redisPort ? await redisTransports(n8n, redisPort) : null;
	try {
		const transports = [EMBEDDED, ...(redis?.transports ?? [])];
		for (const [index, transport] of transports.entries()) {
			const [probe, plain, lowOnFuel, watched, canceled] = vehicles.slice(index * 5, index * 5 + 5);
			const roles = { probe, plain, lowOnFuel, watched, canceled };
			await step(transport.name, async () => ({
				vehicles: roles,
				...(await watchFeed({ n8n, desk, sink, transport, feed: FEED, vehicles: roles })),
			}));
		}
	} finally {
		await redis?.remove();
	}
	return report;
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
