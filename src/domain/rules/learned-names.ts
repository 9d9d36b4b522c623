import type { FactColumn } from './fact-column';

/** A name as reports have it, and which one came after it when it was seen last. */
export interface NameLink {
	readonly name: string;
	/** Null when no rule asks about it. */
	readonly column: FactColumn | null;
	next: NameLink | null;
}

/** Senders may make up names; beyond so many the learnt ones are forgotten. */
const MOST_NAMES = 4096;

/**
 * Knows names again by what they follow: reports of one make carry the same attributes in the same order, so that
 * hardly any name has to be looked up.
 */
export class LearnedNames {
	private links = new Map<string, NameLink>();
	/** Stands before the first name of a report. */
	readonly start: NameLink = { name: '', column: null, next: null };

	constructor(private readonly columns: ReadonlyMap<string, FactColumn>) {}

	/** The link of a name that `previous` did not lead to. */
	follow(previous: NameLink, name: string): NameLink {
		let link = this.links.get(name);
		if (link === undefined) {
			if (this.links.size >= MOST_NAMES) this.links = new Map();
			link = { name, column: this.columns.get(name) ?? null, next: null };
			this.links.set(name, link);
		}
		previous.next = link;
		return link;
	}
}
