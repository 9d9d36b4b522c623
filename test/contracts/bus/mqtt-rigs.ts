import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mqttBus, type MqttBusOptions } from '../../../src/adapters/bus/mqtt';
import { openMqtt } from '../../../src/adapters/bus/mqtt-connection';
import { freePort } from '../../lib/services/child-service';
import { type MosquittoService, startMosquitto } from '../../lib/services/mosquitto';
import { startProxy } from './proxy';
import type { OutageRig, Rig } from './transports';

type Version = NonNullable<MqttBusOptions['version']>;

/** Fast to give up and to come back, as tests like it. */
export const QUICK_MQTT = { retryMaxMs: 200, answerMs: 2000, standbyMs: 3000, keepaliveSeconds: 2 };

export async function mqttRig(version: Version): Promise<Rig> {
	const mosquitto = await startMosquitto();
	const server = { host: mosquitto.host, port: mosquitto.port, version, ...QUICK_MQTT };
	return {
		open: () => mqttBus(server),
		// Nothing of a bus on MQTT lies in the store.
		forProcess: { transport: { kind: 'mqtt', mqtt: server }, store: { kind: 'sqlite', path: ':memory:' } },
		publishBytes: async (feed, payload) => await publishAs('someone-else', server, feed, payload),
		stop: mosquitto.stop,
	};
}

/** Publishes as another program would. */
export async function publishAs(
	clientId: string,
	server: MqttBusOptions,
	topic: string,
	payload: Uint8Array | string,
	options: { readonly qos?: 0 | 1; readonly retain?: boolean } = {},
): Promise<void> {
	const connection = await openMqtt(server, { clientId, clean: true });
	await connection.client.publishAsync(topic, Buffer.from(payload), { qos: 1, ...options });
	await connection.end();
}

/** Mosquitto keeps its sessions on disk, so that each goes on with what the last one wrote. */
export async function mqttOutage(version: Version, network: 'direct' | 'proxied'): Promise<OutageRig> {
	const dir = await mkdtemp(join(tmpdir(), 'fleet-mosquitto-data-'));
	const server = { host: '127.0.0.1', port: await freePort() };
	const proxy = network === 'proxied' ? await startProxy(server) : null;
	let running: MosquittoService | undefined;
	return {
		startServer: async () => {
			running = await startMosquitto({ dir, port: server.port });
		},
		killServer: async () => await running?.kill(),
		open: (options) =>
			mqttBus({ host: server.host, port: (proxy ?? server).port, version, ...QUICK_MQTT, ...options }),
		mute: () => proxy?.mute(),
		unmute: () => proxy?.unmute(),
		clean: async () => {
			await proxy?.stop();
			await running?.kill();
			await rm(dir, { recursive: true, force: true });
		},
	};
}
