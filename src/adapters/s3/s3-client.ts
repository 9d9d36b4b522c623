import type { XmlElement } from '@rgrove/parse-xml';
import { AwsV4Signer } from 'aws4fetch';
import { setTimeout as pause } from 'node:timers/promises';
import { FileServerError } from '../../app/errors';
import { type PatientAnswer, patientFetch } from '../remote/patient-fetch';
import { describeS3Error } from './describe-s3-error';
import { parseAnswer, parseRefusal } from './s3-answer';
import { type S3Options, s3Url } from './s3-options';

export interface S3Request {
	readonly method: 'GET' | 'HEAD' | 'PUT' | 'POST' | 'DELETE';
	/** Of the object; left out: the bucket itself is meant. */
	readonly key?: string;
	readonly query?: Readonly<Record<string, string>>;
	readonly headers?: Readonly<Record<string, string>>;
	readonly body?: Uint8Array<ArrayBuffer>;
	/** For what must not happen twice: it is not sent again after a failure. */
	readonly once?: boolean;
}

/** Sends what can be sent again three times before it gives up. Rejects with `FileServerError`, whose cause is an `S3AnswerError` where the service has answered. */
export interface S3Client {
	/** A good answer, of which the body is still to be read. */
	send(request: S3Request): Promise<PatientAnswer>;
	/** The root of the XML that it is answered with, which has to be called `name`. */
	ask(request: S3Request, name: string): Promise<XmlElement>;
	/** Sends, and waits until it is done. */
	tell(request: S3Request): Promise<Headers>;
	/** What a failure to read an answer's body means. */
	explained(error: unknown): FileServerError;
}

const SILENCE_MS = 60_000;
/** Before a request is sent again. */
const PAUSES_MS = [200, 1_000];

export function s3Client(options: S3Options): S3Client {
	async function sendOnce({ method, key = '', query, headers, body }: S3Request): Promise<PatientAnswer> {
		const url = s3Url(options, key);
		for (const [name, value] of Object.entries(query ?? {})) url.searchParams.set(name, value);
		const signer = new AwsV4Signer({
			url: url.href,
			method,
			// With its hash under the signature, the service refuses a body that was changed on its way.
			headers: { ...headers, 'X-Amz-Content-Sha256': await sha256(body ?? new Uint8Array()) },
			service: 's3',
			region: options.region,
			accessKeyId: options.accessKeyId,
			secretAccessKey: options.secretAccessKey,
		});
		const signed = await signer.sign();
		const init = { method, headers: signed.headers, redirect: 'manual', ...(body ? { body } : {}) } as const;
		const answer = await patientFetch(signed.url, init, SILENCE_MS);
		if (answer.response.ok) return answer;
		throw parseRefusal(answer.response.status, await answer.text());
	}

	function explained(error: unknown): FileServerError {
		if (error instanceof FileServerError) return error;
		const { message, hint, isTransient } = describeS3Error(error, options);
		return new FileServerError(message, hint, isTransient, { cause: error });
	}

	async function sendAnd<T>(request: S3Request, read: (answer: PatientAnswer) => Promise<T>): Promise<T> {
		for (let failures = 0; ; failures++) {
			try {
				return await read(await sendOnce(request));
			} catch (error) {
				const trouble = explained(error);
				const pauseMs = PAUSES_MS[failures];
				if (request.once || !trouble.isTransient || pauseMs === undefined) throw trouble;
				await pause(pauseMs);
			}
		}
	}

	return {
		explained,
		send: async (request) => await sendAnd(request, async (answer) => await Promise.resolve(answer)),
		ask: async (request, name) =>
			await sendAnd(request, async (answer) =>
				parseAnswer(answer.response.status, await answer.text(), name),
			),
		tell: async (request) =>
			await sendAnd(request, async (answer) => {
				await answer.text();
				return answer.response.headers;
			}),
	};
}

/** Not in this thread: 8 MB would hold it up for long. */
async function sha256(body: Uint8Array<ArrayBuffer>): Promise<string> {
	return Buffer.from(await crypto.subtle.digest('SHA-256', body)).toString('hex');
}
