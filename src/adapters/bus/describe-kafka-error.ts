import {
	away,
	closed,
	describeNetworkError,
	errorText,
	type ServerTrouble,
	SilentServerError,
	wrong,
} from './describe-network-error';
import { isAnswer, isUnknownTopic, unfold } from './kafka-errors';
import { brokerPlaces, type BrokerPlace, type KafkaOptions } from './kafka-options';

/** Names the broker and what it (or the network) said. Secrets never appear in it. */
export function describeKafkaError(error: unknown, options: KafkaOptions, feed: string): ServerTrouble {
	const causes = unfold(error);
	const { host, port } = placeOf(causes) ?? brokerPlaces(options)[0] ?? { host: 'localhost', port: 9092 };
	const place = { what: 'Kafka', host, port, tls: options.tls };
	const where = `Kafka at ${host}:${port}`;
	const says = (pattern: RegExp) => causes.some((cause) => pattern.test(errorText(cause)));

	if (says(/secure TLS connection was established/)) {
		return wrong(`${where} does not speak TLS`, 'Switch TLS off, or use the port on which it speaks TLS.');
	}
	if (says(/^Broker requires TLS/)) return speaksTlsOnly(where);
	for (const cause of causes) {
		const trouble = describeNetworkError(cause, place);
		if (trouble !== null) return trouble;
	}
	const trouble = describeSasl(error, where, options, says) ?? describeTopic(error, where, options, feed);
	if (trouble !== null) return trouble;
	if (says(/timed out/)) {
		return describeNetworkError(new SilentServerError(), place) ?? closed(where);
	}
	if (says(/unexpected response with correlation_id|Out of bounds/i)) {
		return wrong(`What answers at ${host}:${port} is not a Kafka`, 'Check host and port.');
	}
	if (says(/^Connection closed|^Connection error|^Client (is )?closed|pool is closed/)) return closed(where);
	return away(`${where} cannot be used: ${errorText(causes.at(-1) ?? error)}`, 'See its log.');
}

export const speaksTlsOnly = (where: string): ServerTrouble =>
	wrong(`${where} speaks TLS only`, 'Switch TLS on.');

function describeSasl(
	error: unknown,
	where: string,
	{ sasl }: KafkaOptions,
	says: (pattern: RegExp) => boolean,
): ServerTrouble | null {
	if (isAnswer(error, 'UNSUPPORTED_SASL_MECHANISM')) {
		return wrong(
			`${where} does not take passwords by ${(sasl?.mechanism ?? '').toUpperCase()}`,
			'Choose another mechanism: the one that its administrator has set up.',
		);
	}
	if (isAnswer(error, 'ILLEGAL_SASL_STATE')) {
		return wrong(
			`${where} does not ask who you are`,
			'Choose no user and password, or use the port on which it asks for them.',
		);
	}
	if (says(/^SASL authentication failed/) || isAnswer(error, 'SASL_AUTHENTICATION_FAILED')) {
		return wrong(
			`${where} does not accept the user or the password`,
			'Correct the user and the password, and check the mechanism.',
		);
	}
	return null;
}

function describeTopic(
	error: unknown,
	where: string,
	options: KafkaOptions,
	feed: string,
): ServerTrouble | null {
	if (isUnknownTopic(error)) {
		const create = `kafka-topics.sh --bootstrap-server ${options.brokers[0]} --create --topic ${feed} --partitions 12`;
		return wrong(
			`There is no topic '${feed}' in ${where}, which creates none by itself`,
			`Create it, e.g. ${create}`,
		);
	}
	if (isAnswer(error, 'INVALID_TOPIC_EXCEPTION')) {
		return wrong(
			`'${feed}' cannot be the name of a topic in Kafka`,
			'Use letters, digits, dots, underscores and hyphens only, 249 at most.',
		);
	}
	if (isAnswer(error, 'TOPIC_AUTHORIZATION_FAILED', 'GROUP_AUTHORIZATION_FAILED')) {
		const what = isAnswer(error, 'TOPIC_AUTHORIZATION_FAILED') ? `topic '${feed}'` : 'consumer group';
		return wrong(
			`The user may not use the ${what} in ${where}`,
			'Give the user the rights to read, write and describe it (kafka-acls.sh).',
		);
	}
	if (isAnswer(error, 'CLUSTER_AUTHORIZATION_FAILED')) {
		return wrong(
			`The user may not publish to ${where}`,
			'Give the user the right IdempotentWrite on the cluster.',
		);
	}
	if (isAnswer(error, 'MESSAGE_TOO_LARGE', 'RECORD_LIST_TOO_LARGE')) {
		return wrong(
			`A message is larger than the topic '${feed}' takes`,
			"Raise the topic's max.message.bytes, or send smaller messages.",
		);
	}
	return null;
}

/** The broker that could not be reached: not always one of the settings, since brokers name one another. */
function placeOf(causes: readonly unknown[]): BrokerPlace | null {
	for (const cause of causes) {
		const [, host, port] = /^Connection to (.+):(\d+) (?:failed|timed out)/.exec(errorText(cause)) ?? [];
		if (host !== undefined) return { host, port: Number(port) };
	}
	return null;
}
