import { compileRules, type RuleSet } from '../../domain/rules/compile-rules';
import type { Rule } from '../../domain/rules/rule';
import type { StoreSession } from '../ports/store';

export interface CurrentRules {
	readonly ruleSet: RuleSet;
	/** Whether a rule asks for what was entered for vehicles and their customers. */
	readonly readsRecords: boolean;
}

export interface RuleSetCache {
	/**
	 * The rules as they are in the session's transaction. When their revision has changed, only what is different is
	 * compiled.
	 */
	current(session: Pick<StoreSession, 'rules'>): Promise<CurrentRules>;
}

export function ruleSetCache(): RuleSetCache {
	let cached: (CurrentRules & { readonly revision: number }) | null = null;
	return {
		async current({ rules }) {
			if (cached?.revision === (await rules.revision())) return cached;
			const [revision, ruleSet] = await next(rules, cached);
			return (cached = { revision, ruleSet, readsRecords: ruleSet.rules.some(doesReadRecords) });
		},
	};
}

async function next(
	rules: StoreSession['rules'],
	known: { readonly revision: number; readonly ruleSet: RuleSet } | null,
): Promise<[revision: number, ruleSet: RuleSet]> {
	if (known === null) {
		const active = await rules.active();
		return [active.revision, compileRules(active)];
	}
	const changes = await rules.changesSince(known.revision);
	return [changes.revision, known.ruleSet.withChanges(changes)];
}

/** Rules that have not changed stay the same objects from one set to the next. */
const answers = new WeakMap<Rule, boolean>();

function doesReadRecords(rule: Rule): boolean {
	let answer = answers.get(rule);
	if (answer === undefined) {
		const { pattern, clear, escalations, fire } = rule;
		answers.set(rule, (answer = readsRecords([pattern, clear, escalations, fire])));
	}
	return answer;
}

/** A value of a record, or the vehicle's time zone, which is one. */
function readsRecords(part: unknown): boolean {
	if (typeof part !== 'object' || part === null) return false;
	if (Array.isArray(part)) return part.some(readsRecords);
	return Object.entries(part).some(
		([name, value]) =>
			name === 'record' ||
			(name === 'of' && value === 'record') ||
			(name === 'timeZone' && value === 'vehicle') ||
			readsRecords(value),
	);
}
