/** Asks for one more than is taken, so that what is there already can be told from what has to be waited for. */
export class ReadAhead<T> {
	readonly #values: AsyncIterator<T>;
	#asked: Promise<IteratorResult<T>>;
	#hasArrived = false;

	constructor(values: AsyncIterable<T>) {
		this.#values = values[Symbol.asyncIterator]();
		this.#asked = this.#ask();
	}

	/** Null at the end. Rejects when the source does. */
	async next(): Promise<T | null> {
		const asked = await this.#asked;
		if (asked.done) return null;
		this.#asked = this.#ask();
		return asked.value;
	}

	/** Null, too, when it would have to be waited for or fails: then `next` tells. */
	async nextIfThere(): Promise<T | null> {
		await new Promise(setImmediate);
		return this.#hasArrived ? await this.next() : null;
	}

	/** Lets the source go, where not all of it was taken. */
	async close(): Promise<void> {
		await this.#values.return?.();
	}

	#ask(): Promise<IteratorResult<T>> {
		this.#hasArrived = false;
		const asked = this.#values.next();
		asked.then(
			() => (this.#hasArrived = true),
			() => undefined,
		);
		return asked;
	}
}
