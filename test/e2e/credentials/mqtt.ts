import { nodeRunner } from '../../../scripts/demo/run-node.mjs';
import { describeWith, type MosquittoService, startMosquitto } from '../../lib/services/mosquitto';
import { eventually } from '../tools/eventually';
import { startWorkflow } from '../tools/workflows';
import { pressTest, type Surroundings } from './press-test';

export function mqttTest(around: () => Surroundings): void {
	describeWith('mosquitto', 'Fleet MQTT API', () => {
		let mosquitto: MosquittoService;
		beforeAll(async () => {
			mosquitto = await startMosquitto({ user: { name: 'fleet', password: 'right' } });
		});
		afterAll(async () => await mosquitto?.stop());

		const settings = (data: object) => ({
			...{ protocol: 'mqtt', host: '127.0.0.1', port: mosquitto.port, path: '/mqtt', version: '5', ca: '' },
			...{ username: 'fleet', password: 'right', receiveMaximum: 1000, sessionExpiryHours: 1 },
			...{ clientIdPrefix: 'fleet', ...data },
		});
		const test = async (data: object) => await pressTest(around(), 'fleetMqttApi', settings(data));

		it('says which broker is there', async () => {
			await expect(test({ version: '3.1.1' })).resolves.toEqual({
				status: 'OK',
				message: `MQTT 3.1.1 broker at mqtt://127.0.0.1:${mosquitto.port}`,
			});
		});

		it('tells refused, a wrong password, none, TLS and no MQTT broker apart', async () => {
			const said = [];
			for (const wrong of [
				{ port: around().nobody },
				{ password: 'wrong-secret' },
				{ username: '', password: '' },
				{ protocol: 'mqtts' },
				{ port: around().fleet.host.port },
			]) {
				said.push(await test(wrong));
			}
			expect(said.map(({ status }) => status)).toEqual(['Error', 'Error', 'Error', 'Error', 'Error']);
			expect(said.map(({ message }) => message)).toEqual([
				expect.stringContaining('refused the connection'),
				expect.stringContaining('does not accept the user or the password'),
				expect.stringContaining('asks for a user and a password'),
				expect.stringMatching(/does not speak TLS|speaks no TLS there/),
				expect.stringContaining(
					`What answers at 127.0.0.1:${around().fleet.host.port} is not an MQTT broker`,
				),
			]);
			expect(JSON.stringify(said)).not.toContain('wrong-secret');
		});

		it('carries a feed from a Fleet Feed node to a trigger that evaluates it', async () => {
			const { n8n, desk } = around().fleet;
			const { id, name } = await n8n.call<{ id: string; name: string }>('POST', '/credentials', {
				name: 'Trackers over MQTT',
				type: 'fleetMqttApi',
				data: settings({}),
			});
			const credentials = { fleetMqttApi: { id, name } };
			const vin = '1M8GDM9AXKP042788';
			await desk.fleet('vehicle', 'create', { vin, plate: 'B MQ 1' });
			await startWorkflow(n8n, {
				name: 'Feed over MQTT',
				steps: [
					{
						name: 'Feed',
						type: 'n8n-nodes-fleet.fleetFeedTrigger',
						parameters: { transport: 'mqtt', feed: 'fleet/+/status', mode: 'evaluate', options: {} },
						credentials,
					},
					{ name: 'End', type: 'n8n-nodes-base.noOp', parameters: {} },
				],
			});
			const message = { vehicle: vin, reportedAt: new Date().toISOString(), attributes: { fuelLevel: 9 } };
			const publish = {
				type: 'n8n-nodes-fleet.fleetFeed',
				parameters: { transport: 'mqtt', feed: 'fleet/B-MQ-1/status', source: 'item', options: {} },
				credentials,
			};
			// What is published before the trigger's first subscription is kept nowhere.
			const history = await eventually('the message is stored', async () => {
				await nodeRunner(n8n).run(publish, [message]);
				const found = await desk.fleet('status', 'getHistory', {
					vehicle: { __rl: true, mode: 'key', value: vin },
					returnAll: true,
				});
				return found.length > 0 && found;
			});
			expect(history).toEqual([expect.objectContaining({ attributes: { fuelLevel: 9 } })]);
		});
	});
}
