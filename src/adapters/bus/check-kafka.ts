import { BusUnavailableError } from '../../app/errors';
import { describeKafkaError, speaksTlsOnly } from './describe-kafka-error';
import { closed, type ServerTrouble, wrong } from './describe-network-error';
import { whoAnswers } from './kafka-answer';
import { closeClient, openAdmin } from './kafka-client';
import { answerMsOf, brokerPlaces, type KafkaOptions } from './kafka-options';

/**
 * Connects to every broker once and says what is there, e.g. `Kafka 4.1 or newer at kafka:9092: 3 brokers, 12 topics`.
 * Rejects with `BusUnavailableError`, which tells refused, unknown host, TLS, wrong password and "not a Kafka" apart.
 */
export async function checkKafka(options: KafkaOptions): Promise<string> {
	const admin = openAdmin(options);
	let apis: Awaited<ReturnType<typeof admin.listApis>> | null = null;
	try {
		apis = await admin.listApis();
		const { brokers } = await admin.metadata({ topics: [] });
		const topics = await admin.listTopics({ includeInternals: false });
		await admin.connectToBrokers();
		const counts = `${counted(brokers.size, 'broker')}, ${counted(topics.length, 'topic')}`;
		return `Kafka ${releaseOf(apis)} at ${options.brokers[0]}: ${counts}`;
	} catch (error) {
		const { message, hint } = await troubleOf(error, options, apis !== null);
		throw new BusUnavailableError(message, hint, { cause: error });
	} finally {
		await closeClient(admin);
	}
}

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

async function troubleOf(
	error: unknown,
	options: KafkaOptions,
	hasAnswered: boolean,
): Promise<ServerTrouble> {
	const trouble = describeKafkaError(error, options, '');
	const [place] = brokerPlaces(options);
	if (place === undefined || !/closed the connection|does not answer/.test(trouble.message)) return trouble;
	const where = `Kafka at ${place.host}:${place.port}`;
	if (hasAnswered && options.sasl === undefined && trouble.message === closed(where).message) {
		return wrong(`${where} asks for a user and a password`, 'Choose the authentication that it asks for.');
	}
	if (hasAnswered) return trouble;
	switch (await whoAnswers(place, options, answerMsOf(options))) {
		case 'tls':
			return speaksTlsOnly(where);
		case 'other':
			return wrong(`What answers at ${place.host}:${place.port} is not a Kafka`, 'Check host and port.');
		default:
			return trouble;
	}
}

/** What brokers of a release understand for the first time; the newest first. */
const RELEASES = [
	{ api: 'Produce', version: 13, release: '4.1 or newer' },
	{ api: 'Produce', version: 12, release: '4.0' },
	{ api: 'Fetch', version: 17, release: '3.9' },
	{ api: 'Produce', version: 11, release: '3.8' },
	{ api: 'Produce', version: 10, release: '3.7' },
] as const;

function releaseOf(apis: readonly { readonly name: string; readonly maxVersion: number }[]): string {
	const versions = new Map(apis.map(({ name, maxVersion }) => [name, maxVersion]));
	return (
		RELEASES.find(({ api, version }) => (versions.get(api) ?? 0) >= version)?.release ?? 'older than 3.7'
	);
}
