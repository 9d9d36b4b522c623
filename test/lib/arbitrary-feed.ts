import fc from 'fast-check';
import type { Attributes } from '../../src/domain/attributes';
import type { Rule } from '../../src/domain/rules/rule';
import { attributes, records } from '../../src/domain/rules/testing/arbitrary-comparisons';
import { arbitraryRules } from '../../src/domain/rules/testing/arbitrary-rules';
import { arbitraryPause, begin, position } from '../../src/domain/rules/testing/arbitrary-traces';
import type { Position } from '../../src/domain/status';

/** One message as it is sent; a redelivery is the same object again. */
export interface SentMessage {
	readonly messageId: string;
	readonly vehicleId: number;
	readonly reportedAt: number;
	readonly sequence: number;
	readonly attributes: Attributes;
	readonly position: Position | null;
}

/** What comes at once, and what happens before it does. */
export interface Delivery {
	readonly messages: readonly SentMessage[];
	/** `process`: the feed's memory is lost; `store`: its store is opened anew, too. */
	readonly restarts: 'no' | 'process' | 'store';
	/** How much earlier than it could the clock rings, in milliseconds; null for no ring. */
	readonly ringsEarlyMs: number | null;
}

export interface FeedCase {
	readonly allowedDelayMs: number;
	readonly rules: readonly Rule[];
	/** Attributes of the customers 1 to 3. */
	readonly customers: readonly Attributes[];
	/** Of the vehicles 1 to 3. */
	readonly vehicles: readonly { readonly attributes: Attributes; readonly customerId: number | null }[];
	readonly deliveries: readonly Delivery[];
	/** How long after the last report timers ring. */
	readonly afterMs: number;
}

const draft = fc.record({
	vehicleId: fc.constantFrom(1, 1, 2, 3),
	pauseMs: arbitraryPause,
	sequence: fc.nat(2),
	attributes,
	position: fc.option(position),
	// Some overtake others within the delay, some come too late.
	delayMs: fc.oneof(
		{ weight: 6, arbitrary: fc.constant(0) },
		{ weight: 3, arbitrary: fc.constantFrom(1, 5000, 9999, 10_001, 29_000) },
		{ weight: 1, arbitrary: fc.constant(90_000) },
	),
	isLastOfDelivery: fc.boolean(),
	/** So many places later it comes again. */
	comesAgain: fc.option(fc.nat(3), { freq: 2 }),
	restarts: fc.constantFrom<Delivery['restarts'][]>('no', 'no', 'no', 'process', 'store'),
	ringsEarlyMs: fc.option(fc.constantFrom(0, 1, 3000, 20_000)),
});
type Draft = typeof draft extends fc.Arbitrary<infer T> ? T : never;

interface Arrival {
	readonly message: SentMessage;
	readonly draft: Draft;
}

/** In the order of arrival, redeliveries among them. */
function arrivalsOf(drafts: readonly Draft[], from: number): Arrival[] {
	let at = from;
	const sent = drafts.map((one, index): Arrival & { arrivesAt: number } => {
		at += one.pauseMs;
		// A text without content is no value: a feed drops it.
		const kept = Object.entries(one.attributes).filter(([, value]) => value !== '');
		const message: SentMessage = {
			messageId: `m${index}`,
			vehicleId: one.vehicleId,
			reportedAt: at,
			sequence: one.sequence,
			attributes: Object.fromEntries(kept),
			position: one.position,
		};
		return { message, draft: one, arrivesAt: at + one.delayMs };
	});
	const arrivals: Arrival[] = sent.toSorted((a, b) => a.arrivesAt - b.arrivesAt);
	for (const arrival of [...arrivals]) {
		const { comesAgain } = arrival.draft;
		if (comesAgain !== null) arrivals.splice(arrivals.indexOf(arrival) + 1 + comesAgain, 0, arrival);
	}
	return arrivals;
}

function deliveriesOf(arrivals: readonly Arrival[]): Delivery[] {
	const deliveries: Delivery[] = [];
	let messages: SentMessage[] = [];
	arrivals.forEach(({ message, draft: { isLastOfDelivery, restarts, ringsEarlyMs } }, index) => {
		messages.push(message);
		if (!isLastOfDelivery && index < arrivals.length - 1) return;
		deliveries.push({ messages, restarts, ringsEarlyMs });
		messages = [];
	});
	return deliveries;
}

export const arbitraryFeedCase: fc.Arbitrary<FeedCase> = fc
	.record({
		allowedDelayMs: fc.constantFrom(0, 10_000, 30_000),
		rules: arbitraryRules(3, 1),
		customers: fc.array(records, { minLength: 3, maxLength: 3 }),
		vehicles: fc.array(
			fc.record({ attributes: records, customerId: fc.option(fc.integer({ min: 1, max: 3 })) }),
			{ minLength: 3, maxLength: 3 },
		),
		begin,
		drafts: fc.array(draft, { minLength: 1, maxLength: 20, size: 'max' }),
		afterMs: fc.constantFrom(0, 10_000, 30_000, 200_000),
	})
	.map(({ begin: from, drafts, rules, ...rest }) => ({
		...rest,
		// Through tasks: see the engine's property.
		rules: rules.map((rule) =>
			rule.scope.vehicles === 'tasks' ? { ...rule, scope: { vehicles: 'all' as const } } : rule,
		),
		deliveries: deliveriesOf(arrivalsOf(drafts, from)),
	}));
