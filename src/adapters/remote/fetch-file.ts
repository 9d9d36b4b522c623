import { parse as parseDisposition } from 'content-disposition';
import { Readable } from 'node:stream';
import { FileServerError } from '../../app/errors';
import type { FetchedFile, FetchFile } from '../../app/ports/remote-files';
import { describeFetchError } from './describe-fetch-error';
import { describeHttpStatus } from './describe-http-status';
import { type FileAddress, parseAddress } from './file-address';
import { type PatientAnswer, patientFetch } from './patient-fetch';

const SILENCE_MS = 60_000;
const MAX_REDIRECTS = 10;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** Fetches a file over HTTP(S), as a stream; see `FetchFile`. */
export const fetchFile: FetchFile = async ({ url, headers = {}, knownVersion = null }) => {
	const address = parseAddress(url);
	const asked = { ...headers, ...address.authorization, ...conditionOf(knownVersion) };
	const { answer, at } = await follow(address, asked);
	const { response } = answer;
	if (response.status === 304 && knownVersion !== null) {
		answer.abort();
		return null;
	}
	if (response.status !== 200) {
		const said = await answer.text(500).catch(() => '');
		throw describeHttpStatus(response, said, at);
	}
	return toFile(answer, at, address.origin);
};

/** An ETag is quoted (RFC 9110, 8.8.3); what is not is the time of the last change. */
function conditionOf(version: string | null): Record<string, string> {
	if (version === null) return {};
	return /^(W\/)?"/.test(version) ? { 'if-none-match': version } : { 'if-modified-since': version };
}

async function follow(first: FileAddress, headers: Record<string, string>) {
	let at = first.url;
	for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
		// What the caller lets in at one server is nothing for another.
		const sent = at.origin === first.url.origin ? headers : {};
		const answer = await ask(at, sent);
		const location = answer.response.headers.get('location');
		if (!REDIRECTS.has(answer.response.status) || location === null) return { answer, at };
		answer.abort();
		at = parseAddress(new URL(location, at).href).url;
	}
	throw new FileServerError(
		`${first.url.host} sends from one address to the next, more than ${MAX_REDIRECTS} times`,
		'Open the address in a browser, and give the one that it ends at.',
		false,
	);
}

async function ask(url: URL, headers: Record<string, string>): Promise<PatientAnswer> {
	try {
		return await patientFetch(url, { headers, redirect: 'manual' }, SILENCE_MS);
	} catch (error) {
		throw explained(error, url);
	}
}

function explained(error: unknown, url: URL): FileServerError {
	const tls = url.protocol === 'https:';
	const port = url.port === '' ? (tls ? 443 : 80) : Number(url.port);
	const place = { what: 'The web server', host: url.hostname, port, tls };
	const { message, hint, isTransient } = describeFetchError(error, place);
	return new FileServerError(message, hint, isTransient, { cause: error });
}

function toFile(answer: PatientAnswer, at: URL, origin: string): FetchedFile {
	const { headers } = answer.response;
	// Of a compressed answer it is the length before it was unpacked here.
	const length = headers.has('content-encoding') ? null : headers.get('content-length');
	async function* pieces() {
		try {
			yield* answer.chunks();
		} catch (error) {
			throw explained(error, at);
		}
	}
	const content = Readable.from(pieces(), { objectMode: false });
	// A stream that is destroyed while it waits for bytes would otherwise wait on.
	content.once('close', () => answer.abort());
	return {
		fileName: fileNameOf(headers.get('content-disposition'), at),
		origin,
		version: headers.get('etag') ?? headers.get('last-modified'),
		sizeBytes: length === null ? null : Number(length),
		content,
	};
}

function fileNameOf(disposition: string | null, { pathname, hostname }: URL): string {
	const given = disposition === null ? '' : nameIn(disposition);
	// Whatever path a server puts before it is of no use here.
	const name = given.split(/[\\/]/).at(-1) ?? '';
	return name || decoded(pathname.split('/').at(-1) ?? '') || hostname;
}

function nameIn(disposition: string): string {
	try {
		return parseDisposition(disposition).parameters.filename ?? '';
	} catch {
		return '';
	}
}

function decoded(part: string): string {
	try {
		return decodeURIComponent(part);
	} catch {
		return part;
	}
}
