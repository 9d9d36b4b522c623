import { attributeOf, valueTimeOf } from '../facts';
import { spanText } from './span-text';
import type { Absence } from '../pattern';
import type { Moment } from './moment';
import type { NodeContext, PatternNode } from './pattern-node';

/** Remembers nothing: when a vehicle has reported last, and when which attribute, its status says. */
export function absenceNode(pattern: Absence, context: NodeContext): PatternNode {
	const { attribute, forSeconds } = pattern.absent;
	const forMs = forSeconds * 1000;
	const lastOf = (moment: Moment): number | null =>
		attribute === undefined ? moment.reportedAt : reportedAtOf(moment, attribute);
	context.timers.push((moment, after) => {
		const last = lastOf(moment);
		return last !== null && last + forMs > after ? last + forMs : Infinity;
	});
	return {
		pattern,
		parts: [],
		remember: null,
		meets(moment) {
			const last = lastOf(moment);
			return last !== null && moment.at - last >= forMs;
		},
		detail(moment) {
			const last = lastOf(moment);
			const what = attribute === undefined ? 'last report' : `last value of ${attribute}`;
			if (last === null) return `${attribute ?? 'nothing'} was never reported`;
			return `${what} ${spanText(moment.at - last)} ago of ${spanText(forMs)}`;
		},
	};
}

function reportedAtOf({ status }: Moment, attribute: string): number | null {
	return status === null || attributeOf(status, attribute) === undefined
		? null
		: valueTimeOf(status, attribute);
}
