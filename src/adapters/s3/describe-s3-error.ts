import { away, type ServerTrouble, wrong } from '../bus/describe-network-error';
import { describeFetchError } from '../remote/describe-fetch-error';
import { S3AnswerError } from './s3-answer';
import { s3Place, type S3Options } from './s3-options';

/** Names the service and what it (or the network) said. The secret key never appears in it. */
export function describeS3Error(error: unknown, options: S3Options): ServerTrouble {
	const place = s3Place(options);
	const where = `S3 at ${place.host}:${place.port}`;
	if (error instanceof S3AnswerError) {
		return describeByCode(error, where, options) ?? describeByStatus(error, where, options);
	}
	const trouble = describeFetchError(error, { what: 'S3', ...place });
	if (trouble.message.startsWith('There is no host') && !options.pathStyle) {
		return wrong(
			trouble.message,
			'Check how endpoint and bucket are spelt, or switch path style on: most services but AWS want it.',
		);
	}
	return trouble;
}

function describeByCode(error: S3AnswerError, where: string, options: S3Options): ServerTrouble | null {
	const { bucket, region, accessKeyId } = options;
	switch (error.code) {
		case 'NoSuchBucket':
			return wrong(
				`There is no bucket '${bucket}' at ${where}`,
				'Make it there, or correct its name in the credential.',
			);
		case 'InvalidBucketName':
			return wrong(`'${bucket}' cannot be the name of a bucket`, 'Correct it in the credential.');
		case 'InvalidAccessKeyId':
			return wrong(
				`${where} knows no access key '${accessKeyId}'`,
				'Correct the access key id in the credential; it may have been removed or disabled.',
			);
		case 'SignatureDoesNotMatch':
			return wrong(
				`${where} does not accept the secret access key of '${accessKeyId}'`,
				'Correct the secret access key in the credential.',
			);
		case 'RequestTimeTooSkewed':
		case 'RequestExpired':
			return wrong(
				`The clock of this machine differs too much from that of ${where}`,
				`Set it right (NTP): here it is ${new Date().toISOString()}, and 15 minutes are allowed.`,
			);
		case 'AuthorizationHeaderMalformed':
		case 'PermanentRedirect':
		case 'IllegalLocationConstraintException':
			return wrong(
				`The bucket '${bucket}' at ${where} is not in the region '${region}': ${error.message}`,
				"Give the bucket's own region in the credential, and the endpoint of that region.",
			);
		case 'AccessDenied':
		case 'AllAccessDisabled':
			return forbidden(where, options);
		case 'PreconditionFailed':
			return wrong('The object was replaced while it was read', 'Start again, with the new one.');
		case 'NoSuchUpload':
			return wrong(
				`${where} has given up the upload`,
				'Upload the file again; a rule of the bucket may remove unfinished uploads too soon.',
			);
		case 'EntityTooLarge':
			return wrong(`The file is too big for ${where}`, 'Split it, or compress it with gzip.');
		case 'QuotaExceeded':
		case 'XMinioStorageFull':
			return wrong(`${where} is full`, 'Make room in the bucket, or raise its quota.');
		default:
			return null;
	}
}

function describeByStatus(error: S3AnswerError, where: string, options: S3Options): ServerTrouble {
	const { status, code, message } = error;
	const said = code === '' ? message : `${code} ${message}`.trim();
	if (status >= 500 || status === 429 || status === 408) {
		return away(`${where} cannot answer now: ${said}`, 'Try again in a moment; if it lasts, see its log.');
	}
	if (status === 403) return forbidden(where, options);
	if (code === '') {
		return wrong(
			`What answers at ${where.replace('S3 at ', '')} is not an S3 service (HTTP ${status})`,
			"Check the endpoint: it is the service's API without the bucket, not its web page, and may have a port of its own.",
		);
	}
	return wrong(
		`${where} refuses: ${said}`,
		'Check endpoint, region, bucket and path style in the credential.',
	);
}

function forbidden(where: string, { accessKeyId, bucket }: S3Options): ServerTrouble {
	return wrong(
		`The access key '${accessKeyId}' may not do this in the bucket '${bucket}' at ${where}`,
		'Give it the rights s3:PutObject, s3:GetObject, s3:DeleteObject and s3:AbortMultipartUpload on the objects, and s3:ListBucket on the bucket.',
	);
}
