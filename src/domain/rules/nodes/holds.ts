import { spanText } from './span-text';
import type { Moment } from './moment';
import { rememberingNode } from './pattern-node';
import type { NodeContext, PatternNode } from './pattern-node';
import type { Pattern } from '../pattern';

/** Met when `part` has been met, without a break, for `forSeconds`. Remembers since when. */
export function holdsNode(
	pattern: Pattern,
	part: PatternNode,
	forSeconds: number,
	context: NodeContext,
): PatternNode {
	const forMs = forSeconds * 1000;
	const { maxGapMs } = context;
	const since = context.slot<number>('holds');
	context.timers.push((moment, after) => {
		const from = since.read(moment);
		if (from === null) return Infinity;
		const dueAt = from + forMs;
		return dueAt > after && dueAt - (moment.reportedAt ?? dueAt) <= maxGapMs ? dueAt : Infinity;
	});
	return rememberingNode({
		pattern,
		parts: [part],
		meets(moment) {
			const isMet = part.meets(moment);
			const isBroken = moment.gapMs > maxGapMs;
			// After a break the next report begins anew; the clock alone does not.
			if (!isMet || (isBroken && moment.carried === null)) {
				since.write(moment, null);
				return false;
			}
			const from = isBroken ? null : since.read(moment);
			if (from === null) since.write(moment, moment.at);
			return moment.at - (from ?? moment.at) >= forMs;
		},
		detail: (moment: Moment) => {
			const from = since.read(moment);
			return from === null
				? `not met now, so held for 0:00 of ${spanText(forMs)}`
				: `held for ${spanText(moment.at - from)} of ${spanText(forMs)}`;
		},
	});
}
