import { startsByItself } from '../../domain/rules/entry-pattern';
import type { Rule } from '../../domain/rules/rule';
import type { StoreSession } from '../ports/store';

/** A rule that waits for the clock begins to wait for silent vehicles, too, not only for those that report. */
export async function awakenRule({ rules }: StoreSession, rule: Rule, at: number): Promise<void> {
	if (rule.enabled && startsByItself(rule)) await rules.makeDue(rule.id, at);
}
