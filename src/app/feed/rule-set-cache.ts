import { compileRules, type RuleSet } from '../../domain/rules/compile-rules';
import type { StoreSession } from '../ports/store';

export interface RuleSetCache {
	/** The rules as they are in the session's transaction; compiled anew only when their revision has changed. */
	current(session: Pick<StoreSession, 'rules'>): Promise<RuleSet>;
}

export function ruleSetCache(): RuleSetCache {
	let cached: { readonly revision: number; readonly ruleSet: RuleSet } | null = null;
	return {
		async current({ rules }) {
			if (cached?.revision !== (await rules.revision())) {
				const active = await rules.active();
				cached = { revision: active.revision, ruleSet: compileRules(active) };
			}
			return cached.ruleSet;
		},
	};
}
