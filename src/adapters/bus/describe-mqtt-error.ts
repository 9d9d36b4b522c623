import {
	away,
	closed,
	describeNetworkError,
	errorText,
	type ServerTrouble,
	wrong,
} from './describe-network-error';
import type { MqttOptions } from './mqtt-connection';
import {
	ClosedByBrokerError,
	DisconnectedError,
	LikelyTakenOverError,
	NoQosError,
	NotMqttError,
	PublishingRefusedError,
	SubscriptionRefusedError,
} from './mqtt-errors';

const TLS_ALERT = 0x15;
const TAKEN_OVER = 142;
const STANDING_BY =
	'One reads a group at a time; this one stands by. Give it a group of its own when it should read all, too.';
const KEEPALIVE = 'Keepalive timeout';

/** Names the broker and what it (or the network) said. Secrets never appear in it. */
export function describeMqttError(error: unknown, options: MqttOptions): ServerTrouble {
	const { host, port, protocol = 'mqtt' } = options;
	const where = `The MQTT broker at ${host}:${port}`;
	const tls = protocol === 'mqtts' || protocol === 'wss';
	const trouble = describeNetworkError(error, { what: 'The MQTT broker', host, port, tls });
	if (trouble) return trouble;
	if (error instanceof NotMqttError) {
		return error.first[0] === TLS_ALERT
			? wrong(`${where} speaks TLS only`, 'Choose the protocol mqtts (or wss).')
			: wrong(`What answers at ${host}:${port} is not an MQTT broker`, 'Check host, port and protocol.');
	}
	if (error instanceof ClosedByBrokerError) return closed(where, tls);
	if (error instanceof LikelyTakenOverError) {
		return away(
			`${where} closed the connection, as it does when another subscriber of this group takes the feed`,
			STANDING_BY,
		);
	}
	if (error instanceof NoQosError) {
		return wrong(
			`${where} delivers without acknowledgement only`,
			'Allow QoS 1 there: messages would be lost.',
		);
	}
	if (error instanceof SubscriptionRefusedError) return describeRefusal(error, where);
	if (error instanceof PublishingRefusedError && error.code === 135) {
		return wrong(
			`${where} does not let the user publish to '${error.topic}'`,
			'Give the user the right to publish there.',
		);
	}
	const text = errorText(error);
	if (text === KEEPALIVE) return away(`${where} does not answer any more`, 'Check it and the network.');
	if (/Unexpected server response/.test(text)) {
		return wrong(`What answers at ${host}:${port} is no WebSocket: ${text}`, 'Check the port and the path.');
	}
	return (
		describeReason(reasonOf(error), where, options) ??
		away(`${where} cannot be used: ${text}`, 'See its log.')
	);
}

/** True when another client with the same client id has taken the session. */
export const isTakenOver = (error: unknown): boolean =>
	error instanceof DisconnectedError && error.code === TAKEN_OVER;

function describeRefusal({ filter, code }: SubscriptionRefusedError, where: string): ServerTrouble {
	switch (code) {
		case 143:
			return wrong(`${where} does not take '${filter}' as a topic filter`, 'Correct the feed.');
		case 162:
			return wrong(`${where} takes no wildcards: '${filter}'`, 'Name one topic as the feed.');
		default:
			return wrong(`${where} does not let the user read '${filter}'`, 'Give the user the right to read it.');
	}
}

/** Reasons of MQTT 5, and return codes of 3.1.1 (1 to 5). */
function describeReason(
	code: number,
	where: string,
	{ username, version = '5' }: MqttOptions,
): ServerTrouble | null {
	switch (code) {
		case 1:
		case 132:
			return wrong(
				`${where} does not speak MQTT ${version}`,
				`Choose version ${version === '5' ? '3.1.1' : '5'}.`,
			);
		case 2:
		case 133:
			return wrong(`${where} does not accept the client ID`, 'Set another prefix for client IDs.');
		case 4:
		case 134:
			return wrong(`${where} does not accept the user or the password`, 'Correct the user and the password.');
		case 5:
		case 135:
			return username
				? wrong(
						`${where} does not accept the user or the password`,
						'Correct them, or give the user the right.',
					)
				: wrong(`${where} asks for a user and a password`, 'Give both.');
		case 138:
			return wrong(`${where} has banned this client`, 'Ask who runs it.');
		case 144:
			return wrong(`${where} does not take this topic`, 'Correct the feed.');
		case 147:
		case 151:
			return away(`${where} takes no more messages now`, 'Publish fewer at once, or raise its quota.');
		case 149:
			return wrong(
				`A message is too large for ${lowerFirst(where)}`,
				'Raise its limit, or publish smaller ones.',
			);
		case 3:
		case 136:
		case 137:
		case 139:
		case 159:
			return away(`${where} is not available now`, 'Wait, or see its log.');
		case TAKEN_OVER:
			return away(`Another subscriber of this group has taken the feed at ${lowerFirst(where)}`, STANDING_BY);
		default:
			return null;
	}
}

function reasonOf(error: unknown): number {
	if (typeof error !== 'object' || error === null || !('code' in error)) return 0;
	return typeof error.code === 'number' ? error.code : 0;
}

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
