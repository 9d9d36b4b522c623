import type { AttributeValue } from '../../domain/attributes';
import type { StatusMessage } from '../../domain/status';
import type { KnownAttribute } from '../ports/store-statuses';

/** Which names of attributes are noted in the store, and since when, as far as this process has noted them. */
export interface AttributeNotes {
	/** What is worth noting of these reports: names that are new here, and others whose note or value is a minute old. */
	worthNoting(reports: Iterable<{ readonly message: StatusMessage }>, now: number): KnownAttribute[];
	/** To be called when they are committed. */
	noted(attributes: readonly KnownAttribute[], now: number): void;
}

const NOTE_EVERY_MS = 60_000;
/** Senders choose the names: beyond so many, all are forgotten here and noted anew. */
const MAX_NAMES = 10_000;

export function attributeNotes(): AttributeNotes {
	const noted = new Map<string, { at: number; lastReportedAt: number }>();
	return {
		worthNoting(reports, now) {
			const newest = new Map<string, { lastValue: AttributeValue; lastReportedAt: number }>();
			for (const { message } of reports) {
				const { attributes, reportedAt } = message;
				for (const name in attributes) {
					const last = noted.get(name);
					// An import of days of history takes seconds: its last value counts, not its first batch's.
					const isFresh =
						last !== undefined &&
						now - last.at < NOTE_EVERY_MS &&
						reportedAt - last.lastReportedAt < NOTE_EVERY_MS;
					if (isFresh) continue;
					const lastValue = attributes[name];
					if (lastValue === undefined || (newest.get(name)?.lastReportedAt ?? -Infinity) > reportedAt)
						continue;
					newest.set(name, { lastValue, lastReportedAt: reportedAt });
				}
			}
			return [...newest].map(([name, value]) => ({ name, ...value }));
		},
		noted(attributes, now) {
			if (noted.size + attributes.length > MAX_NAMES) noted.clear();
			for (const { name, lastReportedAt } of attributes) {
				const newest = Math.max(lastReportedAt, noted.get(name)?.lastReportedAt ?? -Infinity);
				noted.set(name, { at: now, lastReportedAt: newest });
			}
		},
	};
}
