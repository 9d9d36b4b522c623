import { FileServerError } from '../../app/errors';

/** How a bucket of an S3-compatible service is reached. Plain data, so that it can be sent to a thread. */
export interface S3Options {
	/** URL of the service, without the bucket, e.g. `https://s3.eu-central-1.amazonaws.com`, `http://127.0.0.1:9000`. */
	readonly endpoint: string;
	readonly region: string;
	readonly bucket: string;
	readonly accessKeyId: string;
	readonly secretAccessKey: string;
	/** True for `endpoint/bucket/key`, false for `bucket.endpoint/key`. */
	readonly pathStyle: boolean;
}

/**
 * The address of an object, or of the bucket for an empty key. Throws `FileServerError` for a key that no URL can
 * name: `.` and `..` would mean another one.
 */
export function s3Url({ endpoint, bucket, pathStyle }: S3Options, key: string): URL {
	const url = new URL(endpoint);
	if (!pathStyle) url.hostname = `${bucket}.${url.hostname}`;
	const base = url.pathname.replace(/\/+$/, '');
	const parts = key.split('/');
	if (parts.some((part) => part === '.' || part === '..')) {
		throw new FileServerError(
			`The object '${key}' cannot be fetched: part of its key is '.' or '..'`,
			'Rename it.',
			false,
		);
	}
	const path = parts.map(encodePart).join('/');
	url.pathname = `${base}${pathStyle ? `/${encodePart(bucket)}` : ''}/${path}`;
	return url;
}

/** As signatures have it (RFC 3986): some services compare with what is sent. */
const encodePart = (part: string): string =>
	encodeURIComponent(part).replace(
		/[!'()*]/g,
		(found) => `%${found.charCodeAt(0).toString(16).toUpperCase()}`,
	);

/** Host and port for a person. */
export function s3Place(options: S3Options): { host: string; port: number; tls: boolean } {
	const { hostname, port, protocol } = s3Url(options, '');
	const tls = protocol === 'https:';
	return { host: hostname, port: port === '' ? (tls ? 443 : 80) : Number(port), tls };
}
