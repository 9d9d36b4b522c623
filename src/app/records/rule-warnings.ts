import type { RuleFields } from '../../domain/rules/rule';
import { ruleWarnings } from '../../domain/rules/rule-warnings';
import type { StoreSession } from '../ports/store';

/** What a person should look at in a rule, going by what this fleet has reported and by its geofences. */
export async function warningsOf({ statuses, geofences }: StoreSession, rule: RuleFields): Promise<string[]> {
	const fences = await geofences.names();
	return ruleWarnings(rule, {
		attributes: (await statuses.knownAttributes()).map(({ name }) => name),
		// Among tens of thousands of vehicles they would have to be looked for one by one.
		recordAttributes: null,
		geofences: fences.map(({ name }) => name),
		tags: fences.flatMap(({ tags }) => tags),
	});
}
