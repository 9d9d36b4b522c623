import { spanText } from './span-text';
import type { Sequence } from '../pattern';
import { rememberingNode } from './pattern-node';
import type { NodeContext, PatternNode } from './pattern-node';

type Then = Extract<Sequence, { then: unknown }>;
type ThenNot = Extract<Sequence, { thenNot: unknown }>;

/** Remembers when the first part was met last. */
export function thenNode(
	pattern: Then,
	first: PatternNode,
	second: PatternNode,
	context: NodeContext,
): PatternNode {
	const withinMs = pattern.withinSeconds * 1000;
	const metAt = context.slot<number>('then');
	return rememberingNode({
		pattern,
		parts: [first, second],
		meets(moment) {
			const firstIsMet = first.meets(moment);
			const secondIsMet = second.meets(moment);
			const last = metAt.read(moment);
			const isInTime = last !== null && moment.at - last <= withinMs;
			if (firstIsMet) metAt.write(moment, moment.at);
			else if (!isInTime) metAt.write(moment, null);
			return secondIsMet && isInTime;
		},
		detail(moment) {
			const last = metAt.read(moment);
			return last === null
				? `the first was not met within ${spanText(withinMs)}`
				: `the first was met ${spanText(moment.at - last)} ago, of ${spanText(withinMs)}`;
		},
	});
}

/** Whether the first part was met at the moment before (1 or 0), then, once it became met, when that was. */
type Armed = readonly [was: 0 | 1, armedAt?: number];

const NOT_ARMED: Armed = Object.freeze([0]);

export function thenNotNode(
	pattern: ThenNot,
	first: PatternNode,
	second: PatternNode,
	context: NodeContext,
): PatternNode {
	const withinMs = pattern.withinSeconds * 1000;
	const armed = context.slot<Armed>('thenNot');
	context.timers.push((moment, after) => {
		const armedAt = armed.read(moment)?.[1];
		return armedAt !== undefined && armedAt + withinMs > after ? armedAt + withinMs : Infinity;
	});
	return rememberingNode({
		pattern,
		parts: [first, second],
		meets(moment) {
			const [was, wasArmedAt] = armed.read(moment) ?? NOT_ARMED;
			const firstIsMet = first.meets(moment);
			let armedAt = second.meets(moment) ? undefined : wasArmedAt;
			// The second does not count against the moment at which the first becomes met.
			if (armedAt === undefined && firstIsMet && was === 0) armedAt = moment.at;
			if (firstIsMet !== (was === 1) || armedAt !== wasArmedAt) {
				armed.write(moment, next(firstIsMet, armedAt));
			}
			return armedAt !== undefined && moment.at - armedAt >= withinMs;
		},
		detail(moment) {
			const armedAt = armed.read(moment)?.[1];
			return armedAt === undefined
				? 'waiting for the first to become met'
				: `waiting for the second for ${spanText(moment.at - armedAt)} of ${spanText(withinMs)}`;
		},
	});
}

function next(firstIsMet: boolean, armedAt: number | undefined): Armed | null {
	if (armedAt !== undefined) return [firstIsMet ? 1 : 0, armedAt];
	return firstIsMet ? [1] : null;
}
