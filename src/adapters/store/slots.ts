/** Runs what it is given, so many at a time at most; the others in the order of the calls. */
export class Slots {
	readonly #running = new Set<Promise<unknown>>();
	readonly #waiting: (() => void)[] = [];
	#free: number;

	constructor(count: number) {
		this.#free = count;
	}

	async run<T>(work: () => Promise<T>): Promise<T> {
		const result = this.#take().then(work);
		const ended = result.then(
			() => this.#release(),
			() => this.#release(),
		);
		this.#running.add(ended);
		void ended.finally(() => this.#running.delete(ended));
		return await result;
	}

	/** Resolves when what was given so far has ended. */
	async settled(): Promise<void> {
		await Promise.all(this.#running);
	}

	async #take(): Promise<void> {
		if (this.#free > 0) this.#free--;
		else await new Promise<void>((resolve) => this.#waiting.push(resolve));
	}

	#release(): void {
		const next = this.#waiting.shift();
		if (next === undefined) this.#free++;
		else next();
	}
}
