import { policyDueAt, stepPolicy } from './firing-policy';
import type { PolicyMoment } from './firing-policy';
import type { Rule } from './rule';
import { NEVER_MET } from './rule-state';
import type { RuleState } from './rule-state';
import { makeRule } from './testing/make-rule';

const SECOND = 1000;
const clear = { attribute: 'fuelLevel', operator: 'gt', value: 20 } as const;

/** Steps through moments: seconds, whether the pattern is met, and what else differs from a plain report. */
function follow(
	rule: Partial<Rule>,
	moments: readonly (readonly [number, boolean, Partial<PolicyMoment>?])[],
) {
	let state: RuleState = NEVER_MET;
	return moments.map(([seconds, isMet, more]) => {
		const moment = {
			at: seconds * SECOND,
			isReport: true,
			isMet,
			isCleared: false,
			whens: [],
			day: null,
			...more,
		};
		const step = stepPolicy(makeRule(rule), state, moment);
		state = step.state;
		return step.transitions.map(({ kind, severity }) => `${kind} ${severity}`).join(', ');
	});
}

const fire = (more: Partial<Rule['fire']> = {}): Rule['fire'] => ({
	on: 'edge',
	cooldownSeconds: 0,
	...more,
});

describe('firing', () => {
	it('fires once while met, and again only after it was not', () => {
		const moments = [
			[0, true],
			[1, true],
			[2, false],
			[3, false],
			[4, true],
		] as const;
		expect(follow({}, moments)).toEqual(['fired warning', '', 'cleared warning', '', 'fired warning']);
	});

	it('fires at every report, not at every ring, each time ending the one before', () => {
		const moments = [
			[0, true],
			[1, true],
			[2, true, { isReport: false }],
			[3, false],
		] as const;
		const again = 'cleared warning, fired warning';
		expect(follow({ fire: fire({ on: 'every' }) }, moments)).toEqual([
			'fired warning',
			again,
			'',
			'cleared warning',
		]);
	});

	it('is quiet within the cooldown, though met', () => {
		const moments = [
			[0, true],
			[1, false],
			[59, true],
			[60, true],
			[61, false],
			[62, true],
		] as const;
		expect(follow({ fire: fire({ cooldownSeconds: 60 }) }, moments)).toEqual([
			'fired warning',
			'cleared warning',
			'suppressed warning',
			'',
			'cleared warning',
			'fired warning',
		]);
	});

	it('is quiet after so many firings on a day', () => {
		const on = (day: string) => ({ day });
		const moments = [0, 2, 4, 6].flatMap((at) => {
			const day = on(at < 5 ? '2026-03-02' : '2026-03-03');
			return [[at, true, day] as const, [at + 1, false, day] as const];
		});
		const kinds = follow({ fire: fire({ maxPerDay: 2 }) }, moments).filter((_, i) => i % 2 === 0);
		expect(kinds).toEqual(['fired warning', 'fired warning', 'suppressed warning', 'fired warning']);
	});

	it('ends by its own condition, but not while the pattern is met', () => {
		const moments = [
			[0, true],
			[1, false],
			[2, true, { isCleared: true }],
			[3, false, { isCleared: true }],
		] as const;
		expect(follow({ clear }, moments)).toEqual(['fired warning', '', '', 'cleared warning']);
	});

	it('ends after its time, and fires again only after it was not met', () => {
		const moments = [
			[0, true],
			[60, true],
			[61, true],
			[62, false],
			[63, true],
		] as const;
		const kinds = ['fired warning', 'cleared warning', '', 'cleared warning', 'fired warning'];
		expect(follow({ fire: fire({ clearAfterSeconds: 60 }) }, moments)).toEqual(kinds);
	});

	it('has the highest severity that holds, from its opening on', () => {
		const escalations: Rule['escalations'] = [
			{ severity: 'critical', when: clear },
			{ severity: 'info', afterSeconds: 1 },
			{ severity: 'critical', afterSeconds: 60 },
		];
		const high = { whens: [true, false, false] };
		const moments = [
			[0, true, high],
			[1, true],
			[2, true, high],
			[3, true],
			[60, true],
		] as const;
		const kinds = [
			'fired critical',
			'escalated warning',
			'escalated critical',
			'escalated warning',
			'escalated critical',
		];
		expect(follow({ escalations }, moments)).toEqual(kinds);
	});

	it('reminds while it is open', () => {
		const moments = [
			[0, true],
			[59, true],
			[60, true],
			[61, true],
			[120, true],
			[180, false],
		] as const;
		const kinds = ['fired warning', '', 'reminded warning', '', 'reminded warning', 'cleared warning'];
		expect(follow({ fire: fire({ remindEverySeconds: 60 }) }, moments)).toEqual(kinds);
	});
});

describe('when the policy looks again', () => {
	const rule = makeRule({
		fire: fire({ clearAfterSeconds: 100, remindEverySeconds: 30 }),
		escalations: [{ severity: 'critical', afterSeconds: 50 }],
	});
	const state = (isAcknowledged: boolean): RuleState => ({
		...NEVER_MET,
		isMet: true,
		open: { openedAt: 0, severity: 'warning', isAcknowledged, notifiedAt: 0 },
	});

	it('is the earliest of what is still to come', () => {
		expect(policyDueAt(rule, state(false), 0)).toBe(30 * SECOND);
		expect(policyDueAt(rule, state(true), 0)).toBe(50 * SECOND);
		expect(policyDueAt(rule, state(true), 50 * SECOND)).toBe(100 * SECOND);
		expect(policyDueAt(rule, state(true), 100 * SECOND)).toBe(Infinity);
		expect(policyDueAt(rule, NEVER_MET, 0)).toBe(Infinity);
	});
});
