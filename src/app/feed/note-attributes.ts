import type { AttributeValue } from '../../domain/attributes';
import type { StatusMessage } from '../../domain/status';
import type { KnownAttribute } from '../ports/store-statuses';

/** Which names of attributes are noted in the store, and since when, as far as this process has noted them. */
export interface AttributeNotes {
	/** What is worth noting of these reports: names that are new here, and others whose note is a minute old. */
	worthNoting(messages: Iterable<StatusMessage>, now: number): KnownAttribute[];
	/** To be called when they are committed. */
	noted(attributes: readonly KnownAttribute[], now: number): void;
}

const NOTE_EVERY_MS = 60_000;
/** Senders choose the names: beyond so many, all are forgotten here and noted anew. */
const MAX_NAMES = 10_000;

export function attributeNotes(): AttributeNotes {
	const notedAt = new Map<string, number>();
	return {
		worthNoting(messages, now) {
			const newest = new Map<string, { lastValue: AttributeValue; lastReportedAt: number }>();
			for (const { attributes, reportedAt } of messages) {
				for (const name in attributes) {
					const last = notedAt.get(name);
					if (last !== undefined && now - last < NOTE_EVERY_MS) continue;
					const lastValue = attributes[name];
					if (lastValue === undefined || (newest.get(name)?.lastReportedAt ?? -Infinity) > reportedAt)
						continue;
					newest.set(name, { lastValue, lastReportedAt: reportedAt });
				}
			}
			return [...newest].map(([name, value]) => ({ name, ...value }));
		},
		noted(attributes, now) {
			if (notedAt.size + attributes.length > MAX_NAMES) notedAt.clear();
			for (const { name } of attributes) notedAt.set(name, now);
		},
	};
}
