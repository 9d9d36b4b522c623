import type { Condition } from './condition';

/** A condition that an index can look up: it can be met only by reports that have what it is filed under. */
export type IndexableCondition = Extract<Condition, { kind: 'range' | 'oneOf' | 'present' }>;

/** The share of all reports, 0 to 1, that would be handed to a rule that is filed under the condition. */
export type Selectivity = (condition: IndexableCondition) => number;

export interface IndexChoice {
	/** A rule is filed under each of them; one that is met hands the report to the rule. */
	readonly filedUnder: readonly IndexableCondition[];
	readonly cost: number;
}

/**
 * Decides under what a rule is filed: of an `all` under its cheapest part, of an `any` under every part. Null when
 * the condition can be met by a report that has none of its attributes: the rule has to be asked every time.
 */
export function chooseIndex(condition: Condition, selectivity: Selectivity): IndexChoice | null {
	switch (condition.kind) {
		case 'range':
		case 'oneOf':
		case 'present':
			return { filedUnder: [condition], cost: selectivity(condition) };
		case 'missing':
		case 'free':
			return null;
		case 'all':
			return condition.parts
				.map((part) => chooseIndex(part, selectivity))
				.reduce((best, choice) => (isCheaper(choice, best) ? choice : best), null);
		case 'any': {
			const choices = condition.parts.map((part) => chooseIndex(part, selectivity));
			if (choices.includes(null)) return null;
			return {
				filedUnder: choices.flatMap((choice) => choice?.filedUnder ?? []),
				cost: choices.reduce((sum, choice) => sum + (choice?.cost ?? 0), 0),
			};
		}
	}
}

function isCheaper(choice: IndexChoice | null, than: IndexChoice | null): boolean {
	return choice !== null && (than === null || choice.cost < than.cost);
}
