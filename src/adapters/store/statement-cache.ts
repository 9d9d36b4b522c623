const MAX_STATEMENTS = 200;
/** A schema's changes and pragmas take effect while they are compiled: those are compiled each time. */
const KEPT = /^\s*(SELECT|INSERT|UPDATE|DELETE|WITH|BEGIN|COMMIT|ROLLBACK)\b/i;
/** TypeORM writes numbers into its texts, ids above all: such a text hardly comes again, and would oust one that does. */
const INLINED_NUMBER = /[^\w"$]\d/;

/**
 * Compiled statements by their text, the least recently used one going first. SQLite compiles a kept one anew by
 * itself once the schema has changed. The number is bounded, since each holds on to the values of its last run.
 */
export class StatementCache<S> {
	readonly #kept = new Map<string, S>();

	constructor(
		private readonly compile: (sql: string) => S,
		private readonly limit = MAX_STATEMENTS,
	) {}

	get(sql: string): S {
		const known = this.#kept.get(sql);
		if (known !== undefined) {
			this.#kept.delete(sql);
			this.#kept.set(sql, known);
			return known;
		}
		const statement = this.compile(sql);
		if (KEPT.test(sql) && !INLINED_NUMBER.test(sql)) {
			this.#kept.set(sql, statement);
			if (this.#kept.size > this.limit) this.#kept.delete(this.#kept.keys().next().value ?? '');
		}
		return statement;
	}

	clear(): void {
		this.#kept.clear();
	}
}
