import { evaluateSlowly } from '../../src/domain/rules/testing/reference-evaluator';
import type { ReferenceTransition } from '../../src/domain/rules/testing/reference-policy';
import type { Rule, Severity } from '../../src/domain/rules/rule';
import type { FeedCase, SentMessage } from './arbitrary-feed';

export interface ExpectedFiring {
	readonly ruleId: number;
	readonly vehicleId: number;
	readonly openedAt: number;
	clearedAt: number | null;
	severity: Severity;
}

const isAfter = (a: SentMessage, b: SentMessage): boolean =>
	a.reportedAt > b.reportedAt || (a.reportedAt === b.reportedAt && a.sequence > b.sequence);

/**
 * The messages that are in time, each once, in the order of arrival. One is late when it is older than its vehicle's
 * newest by more than the allowed delay; or when one after it in order is evaluated already, because one that is newer
 * by the delay has come since.
 */
export function inTime(arrivals: readonly SentMessage[], allowedDelayMs: number): SentMessage[] {
	const taken: SentMessage[] = [];
	for (const message of new Set(arrivals)) {
		const before = taken.filter(({ vehicleId }) => vehicleId === message.vehicleId);
		const newest = Math.max(...before.map(({ reportedAt }) => reportedAt));
		const isTooOld = message.reportedAt < newest - allowedDelayMs;
		const isOvertaken = before.some(
			(other) => isAfter(other, message) && newest >= other.reportedAt + allowedDelayMs,
		);
		if (!isTooOld && !isOvertaken) taken.push(message);
	}
	return taken;
}

/** The firings that the reference finds, timers ringing up to `until`; rules have their ids of the store. */
export function expectedFirings(
	{ deliveries, allowedDelayMs, customers, vehicles }: FeedCase,
	rules: readonly Rule[],
	until: number,
	geofences: Parameters<typeof evaluateSlowly>[0][number]['active']['geofences'],
): ExpectedFiring[] {
	const active = { rules, taskWatches: [], geofences };
	const messages = inTime(
		deliveries.flatMap((delivery) => delivery.messages),
		allowedDelayMs,
	);
	return vehicles.flatMap(({ attributes, customerId }, index) => {
		const id = index + 1;
		const customerAttributes = customerId === null ? {} : (customers[customerId - 1] ?? {});
		const vehicle = { id, customerId, attributes, customerAttributes };
		const reports = messages
			.filter(({ vehicleId }) => vehicleId === id)
			.toSorted((a, b) => a.reportedAt - b.reportedAt || a.sequence - b.sequence)
			.map((message) => ({ ...message, at: message.reportedAt, vehicle, active, acknowledges: false }));
		return firingsOf(evaluateSlowly(reports, until), id);
	});
}

function firingsOf(transitions: readonly ReferenceTransition[], vehicleId: number): ExpectedFiring[] {
	const firings: ExpectedFiring[] = [];
	for (const { ruleId, kind, at, severity } of transitions) {
		const open = firings.find((firing) => firing.ruleId === ruleId && firing.clearedAt === null);
		if (kind === 'fired') firings.push({ ruleId, vehicleId, openedAt: at, clearedAt: null, severity });
		else if (open !== undefined && kind === 'cleared') open.clearedAt = at;
		else if (open !== undefined && kind === 'escalated') open.severity = severity;
	}
	return firings;
}
