import type {
	ICredentialTestFunctions,
	ICredentialsDecrypted,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import { FleetError } from '../domain/errors';
import {
	kafkaOptions,
	mqttOptions,
	redisOptions,
	s3Options,
	smtpOptions,
	storeOptions,
} from './connection-options';
import type {
	FleetKafkaCredential,
	FleetMqttCredential,
	FleetRedisCredential,
	FleetS3Credential,
	FleetSmtpCredential,
	FleetStoreCredential,
} from './credentials';
import { loadRuntime } from './load-runtime';

/** Answers n8n's "Test" button with the check's own sentence: what was reached, or what is wrong and how to mend it. */
async function sentenceOf(check: () => Promise<string>): Promise<INodeCredentialTestResult> {
	try {
		return { status: 'OK', message: await check() };
	} catch (error) {
		const message = error instanceof Error ? error.message : String(error);
		return { status: 'Error', message: error instanceof FleetError ? `${message}. ${error.hint}` : message };
	}
}

export async function testFleetStore(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const data = credential.data as unknown as FleetStoreCredential;
	return await sentenceOf(async () => await (await loadRuntime()).checkStore(storeOptions(data)));
}

export async function testFleetRedis(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const data = credential.data as unknown as FleetRedisCredential;
	return await sentenceOf(async () => await (await loadRuntime()).checkRedis(redisOptions(data)));
}

export async function testFleetKafka(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const data = credential.data as unknown as FleetKafkaCredential;
	return await sentenceOf(async () => await (await loadRuntime()).checkKafka(kafkaOptions(data)));
}

export async function testFleetMqtt(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const data = credential.data as unknown as FleetMqttCredential;
	return await sentenceOf(async () => await (await loadRuntime()).checkMqtt(mqttOptions(data)));
}

export async function testFleetS3(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const data = credential.data as unknown as FleetS3Credential;
	return await sentenceOf(async () => await (await loadRuntime()).checkS3(s3Options(data)));
}

export async function testFleetSmtp(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const data = credential.data as unknown as FleetSmtpCredential;
	return await sentenceOf(async () => await (await loadRuntime()).checkSmtp(smtpOptions(data)));
}

/**
 * For `methods.credentialTest` of every node that lists one of these credentials. Each node file spells its
 * `credentials` out, with `testedBy`, because the community linter reads them there.
 */
export const credentialTests = {
	testFleetStore,
	testFleetRedis,
	testFleetS3,
	testFleetSmtp,
	testFleetKafka,
	testFleetMqtt,
};
