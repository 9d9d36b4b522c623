import { randomUUID } from 'node:crypto';
import { BusUnavailableError } from '../../app/errors';
import { describeMqttError } from './describe-mqtt-error';
import { openMqtt, type MqttOptions } from './mqtt-connection';
import { NoQosError } from './mqtt-errors';

/**
 * Connects once and says what is there, e.g. `MQTT 5 broker at mqtts://broker.example.com:8883`. Rejects with
 * `BusUnavailableError`, which tells refused, unknown host, TLS, wrong password, version and "not MQTT" apart.
 */
export async function checkMqtt(options: MqttOptions): Promise<string> {
	try {
		const clientId = `fleet${randomUUID().replaceAll('-', '').slice(0, 18)}`;
		const { client, end } = await openMqtt(options, { clientId, clean: true });
		const { maximumQoS = 1 } = client.serverProperties ?? {};
		await end();
		if (maximumQoS < 1) throw new NoQosError();
		const { version = '5', protocol = 'mqtt', host, port } = options;
		return `MQTT ${version} broker at ${protocol}://${host}:${port}`;
	} catch (error) {
		const { message, hint } = describeMqttError(error, options);
		throw new BusUnavailableError(message, hint, { cause: error });
	}
}
