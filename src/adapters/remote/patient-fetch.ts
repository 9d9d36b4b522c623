import { SilentServerError } from '../bus/describe-network-error';

/** An answer whose body has not been read yet. */
export interface PatientAnswer {
	readonly response: Response;
	/** The body piece by piece; ending the loop early closes the connection. */
	chunks(): AsyncGenerator<Uint8Array, void, undefined>;
	/** The body as UTF-8, at most its first `limit` bytes. */
	text(limit?: number): Promise<string>;
	/** Closes the connection: whoever waits for more of the body is told so. */
	abort(): void;
}

const MAX_TEXT_BYTES = 16 * 2 ** 20;

/**
 * `fetch` that gives a server as long as it takes, provided that it is never silent for longer than `silenceMs`:
 * neither before its answer nor between two pieces of it. Rejects with `SilentServerError`, or as `fetch` does.
 */
export async function patientFetch(
	url: string | URL | Request,
	init: RequestInit,
	silenceMs: number,
): Promise<PatientAnswer> {
	const controller = new AbortController();
	const response = await inTime(fetch(url, { ...init, signal: controller.signal }), controller, silenceMs);
	async function* chunks() {
		const reader = (response.body as ReadableStream<Uint8Array> | null)?.getReader();
		if (!reader) return;
		try {
			for (;;) {
				const { done, value } = await inTime(reader.read(), controller, silenceMs);
				if (done) return;
				yield value;
			}
		} finally {
			controller.abort();
		}
	}
	return {
		response,
		chunks,
		async text(limit = MAX_TEXT_BYTES) {
			const pieces: Uint8Array[] = [];
			let size = 0;
			for await (const piece of chunks()) {
				pieces.push(piece);
				size += piece.length;
				if (size >= limit) break;
			}
			return Buffer.concat(pieces).subarray(0, limit).toString('utf8');
		},
		abort: () => controller.abort(),
	};
}

async function inTime<T>(answer: Promise<T>, controller: AbortController, silenceMs: number): Promise<T> {
	let timer: NodeJS.Timeout | undefined;
	const silence = new Promise<never>((_, reject) => {
		timer = setTimeout(() => {
			reject(new SilentServerError(`no answer within ${silenceMs} ms`));
			controller.abort();
		}, silenceMs);
	});
	try {
		return await Promise.race([answer, silence]);
	} finally {
		clearTimeout(timer);
		// The loser of the race: it rejects as soon as the connection is closed, and nobody else waits for it.
		answer.catch(() => undefined);
	}
}
