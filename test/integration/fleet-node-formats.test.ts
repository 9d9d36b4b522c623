import { FleetRules } from '../../nodes/FleetRules/FleetRules.node';
import { executeNode } from '../lib/node-context';
import { byKey, fleetNode, VIN } from './fleet-node-lib';
import { join } from 'node:path';

const fleet = fleetNode();
const AT = '2026-03-01T08:00:00.000Z';
const rfms = (changes: object = {}) => ({
	vin: VIN,
	createdDateTime: AT,
	hrTotalVehicleDistance: 95055,
	...changes,
});

const rules = async (parameters: object, ...items: object[]) =>
	await executeNode({
		parameters: { operation: 'process', feed: 'test', ...parameters },
		items: items.map((json) => ({ json: json as never })),
		node: new FleetRules(),
		credentials: { fleetStoreApi: { storeType: 'sqlite', path: join(fleet.folder, 'fleet.sqlite') } },
	});

beforeAll(async () => {
	await fleet.json({ resource: 'vehicle', operation: 'create', vin: VIN });
});

describe('message formats in the nodes', () => {
	it('are tried on pasted text: what would be taken, and what not with its reason', async () => {
		const payload = JSON.stringify([rfms(), rfms({ createdDateTime: 'soon' })]);
		const parameters = { resource: 'feed', operation: 'readMessages', format: 'rfms', payload };
		expect(await fleet.json(parameters)).toEqual([
			{
				taken: true,
				messageId: expect.stringMatching(/^[0-9a-z]{8}-[\w-]{22}$/),
				vehicleKey: VIN,
				reportedAt: AT,
				sequence: 0,
				position: null,
				attributes: { odometer: 95.055 },
			},
			{
				taken: false,
				field: 'createdDateTime',
				reason: "createdDateTime: 'soon' is not a time",
				hint: expect.stringContaining('ISO 8601'),
				payload: JSON.stringify(rfms({ createdDateTime: 'soon' })),
			},
		]);
		await expect(fleet.json({ resource: 'status', operation: 'get', vehicle: byKey(VIN) })).rejects.toThrow();
		await expect(
			fleet.json({ ...parameters, format: 'custom', vehiclePath: 'vin', timePath: '' }),
		).rejects.toThrow('Time is missing');
	});

	it('are applied by Fleet Rules to what the trigger emits and to items as they are', async () => {
		const other = rfms({ createdDateTime: '2026-03-01T08:01:00Z', hrTotalVehicleDistance: 96000 });
		const { outputs } = await rules({ format: 'rfms' }, rfms(), {
			transportId: '7-0',
			topic: 'a/b',
			message: other,
		});
		expect(outputs.map((items) => items.length)).toEqual([0, 0, 0]);
		expect(await fleet.json({ resource: 'status', operation: 'get', vehicle: byKey(VIN) })).toMatchObject([
			{ reportedAt: '2026-03-01T08:01:00.000Z', attributes: { odometer: 96 } },
		]);
	});

	it('of one’s own take fields, units and the topic', async () => {
		const custom = {
			format: 'custom',
			vehiclePath: 'never',
			timePath: 'data.ts',
			attributePaths: { attribute: [{ path: 'data.mph', name: 'speed', unit: 'mph' }] },
			options: { vehicleTopicLevel: 2, messageId: 'transport' },
		};
		const payload = JSON.stringify({ data: { ts: '2026-03-01T08:02:00Z', mph: 60 } });
		const topic = `fleet/${VIN}/status`;
		const { outputs } = await rules(
			custom,
			{ transportId: '9-0', topic, payload },
			{ payload: 'base64:/w==' },
		);
		expect(outputs[2]?.map(({ json }) => json.reason)).toEqual([
			expect.stringContaining('neither text in UTF-8'),
		]);
		expect(await fleet.json({ resource: 'status', operation: 'get', vehicle: byKey(VIN) })).toMatchObject([
			{ messageId: '9-0', attributes: { odometer: 96, speed: 96.56064 } },
		]);
	});
});
