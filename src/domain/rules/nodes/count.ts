import { spanText } from './span-text';
import type { Count } from '../pattern';
import { rememberingNode } from './pattern-node';
import type { NodeContext, PatternNode } from './pattern-node';

/** Whether the part was met at the moment before (1 or 0), then when it was counted, oldest first. */
type Counted = readonly number[];

const NEVER: Counted = Object.freeze([0]);

/** Remembers no more times than it needs: `times`, all within the window. */
export function countNode(pattern: Count, part: PatternNode, context: NodeContext): PatternNode {
	const { times, of = 'episodes' } = pattern;
	const windowMs = pattern.withinSeconds * 1000;
	const counted = context.slot<Counted>(`count ${of}`);
	return rememberingNode({
		pattern,
		parts: [part],
		meets(moment) {
			const known = counted.read(moment) ?? NEVER;
			const isMet = part.meets(moment);
			const was = known[0] === 1;
			const isCounted = isMet && (of === 'reports' ? moment.carried !== null : !was);
			let first = 1;
			while (first < known.length && (known[first] as number) <= moment.at - windowMs) first++;
			if (isCounted && known.length - first >= times) first++;
			const isSame = !isCounted && first === 1 && was === (isMet && of === 'episodes');
			const now = isSame ? known : [isMet && of === 'episodes' ? 1 : 0, ...known.slice(first)];
			if (!isSame) {
				if (isCounted) (now as number[]).push(moment.at);
				counted.write(moment, now.length === 1 && now[0] === 0 ? null : now);
			}
			return now.length - 1 >= times;
		},
		detail(moment) {
			const met = (counted.read(moment) ?? NEVER).length - 1;
			return `${met} of ${times} times within ${spanText(windowMs)}`;
		},
	});
}
