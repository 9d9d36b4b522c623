import type { Attributes } from '../attributes';
import type { Severity } from './rule';

/** One episode in which a rule was met for one vehicle. Times are the messages' `reportedAt`. */
export interface Firing {
	readonly id: number;
	readonly ruleId: number;
	readonly ruleVersion: number;
	readonly ruleName: string;
	/** At its opening, or as it rose or fell since. */
	readonly severity: Severity;
	/** Of a rule on trial: nothing was done, nobody was told. */
	readonly isShadow: boolean;
	readonly vehicleId: number;
	/** The open task through which the rule watched the vehicle, for rules with the scope `tasks`. */
	readonly taskId: number | null;
	readonly openedAt: number;
	/** Null for as long as the pattern stays met. */
	readonly clearedAt: number | null;
	readonly acknowledgedAt: number | null;
	/** The values of the pattern's attributes at `openedAt`. */
	readonly evidence: Attributes;
	readonly messageId: string;
}
