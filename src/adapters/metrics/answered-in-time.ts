const WAIT_MS = 1500;
/** What was asked so recently is not asked again: many scrapes must not cost the feed anything. */
const FRESH_MS = 2000;

export interface Answer<T> {
	/** Null when there was no answer in time, or an error. */
	readonly value: T | null;
	/** The last that there was, however old. */
	readonly last: T | null;
	readonly reason: string | null;
	/** Since when it answers, or does not. */
	readonly since: number;
}

export interface InTime<T> {
	/** Never rejects, and never takes two seconds. */
	read(): Promise<Answer<T>>;
}

/** Asks a source that may hang, with one question under way at a time. */
export function answeredInTime<T>(ask: () => Promise<T>, startedAt: number): InTime<T> {
	let answer: Answer<T> | null = null;
	let freshUntil = 0;
	let asked: Promise<void> | null = null;

	const note = (value: T | null, reason: string | null) => {
		const isAsBefore = answer !== null && (answer.value === null) === (value === null);
		const since = answer === null ? startedAt : isAsBefore ? answer.since : Date.now();
		answer = { value, last: value ?? answer?.last ?? null, reason, since };
		return answer;
	};
	const askNow = async () => {
		try {
			note(await ask(), null);
			freshUntil = Date.now() + FRESH_MS;
		} catch (error) {
			note(null, error instanceof Error ? error.message : String(error));
		} finally {
			asked = null;
		}
	};

	return {
		async read() {
			if (answer !== null && Date.now() < freshUntil) return answer;
			asked ??= askNow();
			const isAnswered = await withinTime(asked);
			if (isAnswered && answer !== null) return answer;
			freshUntil = 0;
			return note(null, `no answer within ${WAIT_MS} ms`);
		},
	};
}

async function withinTime(work: Promise<void>): Promise<boolean> {
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise<false>((resolve) => {
		timer = setTimeout(() => resolve(false), WAIT_MS);
	});
	try {
		return await Promise.race([work.then(() => true), late]);
	} finally {
		clearTimeout(timer);
	}
}
