import { lastReport, type Instant, type TraceReport } from './reference-facts';
import { nextRing, step, type ReferenceTransition, type Standing } from './reference-policy';
import type { Life } from './reference-pattern';
import { watchOf } from './reference-watch';

/**
 * What rules do about one vehicle, written down as plainly as possible: what the engine is held against. `reports` in
 * the order of evaluation; timers ring up to `until`. Ordered by time, then by rule id.
 */
export function evaluateSlowly(reports: readonly TraceReport[], until: number): ReferenceTransition[] {
	const ids = new Set(reports.flatMap(({ active }) => active.rules.map(({ id }) => id)));
	return [...ids]
		.flatMap((ruleId) => evaluateRuleSlowly(ruleId, reports, until))
		.sort((a, b) => a.at - b.at || a.ruleId - b.ruleId);
}

function evaluateRuleSlowly(
	ruleId: number,
	reports: readonly TraceReport[],
	until: number,
): ReferenceTransition[] {
	const done: ReferenceTransition[] = [];
	const standing: Standing = { met: null, open: null, lastFiredAt: null, firedOn: [] };
	let instants: Instant[] = [];
	let life: Life | null = null;

	const take = (instant: Instant): void => {
		const watched = watchOf(ruleId, lastReport(instant));
		if (watched === undefined) {
			const { open } = standing;
			if (open !== null) {
				done.push({ ruleId, kind: 'cleared', at: instant.at, severity: open.severity, taskId: null });
			}
			Object.assign(standing, { met: null, open: null });
			life = null;
			return;
		}
		const { rule, taskId } = watched;
		if (life === null) {
			instants = [];
			const maxGapMs = (rule.maxGapSeconds ?? Infinity) * 1000;
			life = { instants, start: 0, knowsBefore: true, maxGapMs, known: new Map() };
		}
		instants.push(instant);
		done.push(...step(rule, taskId, standing, life, instants.length - 1));
	};

	reports.forEach((report, index) => {
		const known = reports.slice(0, index + 1);
		take({ at: report.at, isReport: true, reports: known });
		if (report.acknowledges && standing.open !== null) standing.open.isAcknowledged = true;
		// A ring at the time of the next report comes after it, and after all others of that time.
		const horizon = Math.min(until, (reports[index + 1]?.at ?? Infinity) - 1);
		for (;;) {
			const rule = watchOf(ruleId, report)?.rule;
			const due = rule === undefined || life === null ? null : nextRing(rule, standing, life);
			if (due === null || due > horizon) break;
			take({ at: due, isReport: false, reports: known });
		}
	});
	return done;
}
