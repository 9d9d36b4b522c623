import fc from 'fast-check';
import { InvalidFieldError } from '../errors';
import { describeRule } from './describe-rule';
import { parseRuleFields } from './parse-rule';
import { ruleWarnings } from './rule-warnings';
import { arbitraryRules } from './testing/arbitrary-rules';

const rule = arbitraryRules(1, 1).map(([only]) => ({ ...only, shadowOf: null }));

function tryParse(input: unknown): ReturnType<typeof parseRuleFields> | InvalidFieldError {
	try {
		return parseRuleFields(input);
	} catch (error) {
		if (error instanceof InvalidFieldError) return error;
		throw error;
	}
}

/** Writes each duration in the short form, where it has one. */
function shortened(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(shortened);
	if (typeof value !== 'object' || value === null) return value;
	const { holds, ...rest } = Object.fromEntries(
		Object.entries(value).map(([name, part]) => [name, shortened(part)]),
	);
	if (holds === undefined) return rest;
	const hasOwn = 'forSeconds' in (holds as object) || 'holds' in (holds as object);
	return hasOwn ? { holds, ...rest } : { ...(holds as object), ...rest };
}

/** Replaces or drops one part somewhere in a value. */
function damaged(value: unknown, way: readonly number[], by: unknown): unknown {
	const [step, ...rest] = way;
	if (step === undefined || typeof value !== 'object' || value === null) return by;
	const names = Object.keys(value);
	const name = names[step % Math.max(1, names.length)];
	if (name === undefined) return by;
	const part = damaged((value as Record<string, unknown>)[name], rest, by);
	return Array.isArray(value)
		? (value as unknown[]).map((one, index) => (String(index) === name ? part : one))
		: { ...value, [name]: part };
}

describe('parseRuleFields of random rules', () => {
	it('takes back what it made, from short forms and JSON too', () => {
		let accepted = 0;
		fc.assert(
			fc.property(rule, (input) => {
				const parsed = tryParse(input);
				if (parsed instanceof InvalidFieldError) return;
				accepted++;
				expect(parseRuleFields(parsed)).toStrictEqual(parsed);
				expect(parseRuleFields(JSON.parse(JSON.stringify(parsed)))).toEqual(parsed);
				expect(parseRuleFields(shortened(parsed))).toEqual(parsed);
			}),
			{ numRuns: 2000 },
		);
		expect(accepted).toBeGreaterThan(300);
	});

	it('says what it takes in words', () => {
		const nothing = { attributes: [], recordAttributes: [], geofences: [], tags: [] };
		fc.assert(
			fc.property(rule, (input) => {
				const parsed = tryParse(input);
				if (parsed instanceof InvalidFieldError) return;
				const words = [describeRule(parsed), ...ruleWarnings(parsed, nothing)].join('\n');
				expect(words).toMatch(/: fire .+\.$/m);
				expect(words).not.toMatch(/undefined|\[object|null|NaN| {2}|\(\)/);
			}),
			{ numRuns: 500 },
		);
	});

	it('names the field of whatever is wrong', () => {
		const by = fc.oneof(
			fc.constantFrom(undefined, null, '', 'x', -1, 0, 1.5, NaN, {}, [], [1, 2], true, '__proto__'),
			fc.anything(),
		);
		fc.assert(
			fc.property(
				rule,
				fc.array(fc.nat({ max: 20 }), { minLength: 1, maxLength: 7 }),
				by,
				(input, way, bad) => {
					const parsed = tryParse(damaged(input, way, bad));
					if (parsed instanceof InvalidFieldError) {
						expect(parsed.field).not.toBe('');
						expect(parsed.message).toMatch(/\w/);
						expect(parsed.hint).toMatch(/\w/);
					} else {
						expect(parseRuleFields(parsed)).toStrictEqual(parsed);
					}
				},
			),
			{ numRuns: 1500 },
		);
	});
});
