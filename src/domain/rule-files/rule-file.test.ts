import fc from 'fast-check';
import { parseRuleFields } from '../rules/parse-rule';
import { arbitraryRules } from '../rules/testing/arbitrary-rules';
import { FENCES } from '../rules/testing/fences';
import { parseGeofenceFields } from '../geofences/parse-geofence';
import { formatRuleFile } from './format-rule-file';
import { parseRuleFile } from './parse-rule-file';
import { problemText } from './rule-file';
import type { FileRule, FileScope } from './rule-file';

/** Any text that the parsers of names take as it is. */
const key = fc
	.oneof(
		fc.constantFrom(
			'B-FL 100',
			'0123',
			'true',
			'null',
			'~',
			'- x',
			'#1',
			'it\'s: "x"',
			'1e3',
			'2026-03-01',
			'ä ö',
		),
		fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }),
	)
	.filter((text) => text === text.trim() && text !== '' && !/[\u0000-\u001f\u007f]/.test(text));
const scope: fc.Arbitrary<FileScope> = fc.oneof(
	fc.constantFrom<FileScope>({ vehicles: 'all' }, { vehicles: 'tasks' }),
	key.map((customer): FileScope => ({ vehicles: 'customer', customer })),
	key.map((vehicle): FileScope => ({ vehicles: 'vehicle', vehicle })),
);
const log = key.map((message) => ({ type: 'storeLog', message }));
const email = fc.record({
	type: fc.constant('sendEmail'),
	on: fc.constantFrom('fired', 'escalated', 'cleared'),
	to: fc.constantFrom('a@example.com', '{{customer.email}}, b@example.com'),
	subject: fc.constantFrom('{{rule.name}}: now', '# not a comment', '  spaces  '),
	text: fc.constantFrom('one\ntwo\n', '\n\n  indented\n\n\n', 'tab\there', '{{vehicle.plate}}\r\nend'),
});

/** Rules as the parser leaves them, since only such are ever written; those that it refuses are left out. */
const rules: fc.Arbitrary<FileRule[]> = fc
	.tuple(
		arbitraryRules(3, 1),
		fc.array(scope, { minLength: 3, maxLength: 3 }),
		fc.array(fc.oneof(log, email)),
		key,
	)
	.map(([found, scopes, actions, name]) =>
		found.flatMap((rule, index): FileRule[] => {
			const { id, scope: _scope, shadowOf, ...fields } = rule;
			const named = { ...fields, actions, name: `${name} ${index} ${id} ${shadowOf}` };
			try {
				return [{ ...parseRuleFields(named), scope: scopes[index] ?? { vehicles: 'all' } }];
			} catch {
				return [];
			}
		}),
	);

describe('a rule file', () => {
	it('gives back the rules and geofences that were written', () => {
		let count = 0;
		fc.assert(
			fc.property(rules, fc.subarray([...FENCES]), fc.option(key), (written, fences, about) => {
				const geofences = fences.map(({ id, createdAt, updatedAt, ...fields }) => {
					expect([id, createdAt, updatedAt].length).toBe(3);
					return parseGeofenceFields(fields);
				});
				const file = { ...(about === null ? {} : { description: about }), rules: written, geofences };
				count += written.length;
				const text = formatRuleFile(file);
				const { file: read, problems } = parseRuleFile(text);
				expect(problems.map(problemText)).toEqual([]);
				expect(read).toEqual(file);
				expect(formatRuleFile(read)).toBe(text);
			}),
			{ numRuns: 300 },
		);
		expect(count).toBeGreaterThan(100);
	});

	it('reads as a person would write it', () => {
		const rule = parseRuleFields({
			name: 'Low fuel',
			pattern: {
				all: [
					{ attribute: 'fuelLevel', operator: 'lt', value: 15, forSeconds: 600 },
					{ not: { inside: { geofence: 'depot' } } },
				],
			},
			clear: { attribute: 'fuelLevel', operator: 'gt', value: 20 },
			fire: { cooldownSeconds: 3600 },
			actions: [{ type: 'sendEmail', to: 'a@example.com', subject: 'Refuel', text: 'Now.\nPlease.\n' }],
		});
		const text = `rules:
  - name: Low fuel
    severity: warning
    scope: { vehicle: B-FL 100 }
    pattern:
      all:
        - { attribute: fuelLevel, operator: lt, value: 15, forSeconds: 600 }
        - { not: { inside: { geofence: depot } } }
    clear: { attribute: fuelLevel, operator: gt, value: 20 }
    fire: { cooldownSeconds: 3600 }
    actions:
      - type: sendEmail
        to: a@example.com
        subject: Refuel
        text: |
          Now.
          Please.
`;
		const scoped: FileRule = { ...rule, scope: { vehicles: 'vehicle', vehicle: 'B-FL 100' } };
		expect(formatRuleFile({ rules: [scoped], geofences: [] })).toBe(text);
		expect(parseRuleFile(text).file.rules).toEqual([scoped]);
	});

	it('writes what rules share for each of them', () => {
		const rule = parseRuleFields({ name: 'A', pattern: { attribute: 'a', operator: 'exists' } });
		const both = ['A', 'B'].map((name): FileRule => ({ ...rule, name, scope: { vehicles: 'all' } }));
		const text = formatRuleFile({ rules: both, geofences: [] });
		expect(text.match(/pattern: \{ attribute: a, operator: exists \}/g)).toHaveLength(2);
		expect(parseRuleFile(text).file.rules).toEqual(both);
	});

	it('may be JSON, a list of rules or one rule alone', () => {
		const pattern = { attribute: 'speed', operator: 'gt', value: 130 };
		const rule = { name: 'Fast', pattern };
		for (const value of [{ rules: [rule] }, [rule], rule]) {
			const { file, problems } = parseRuleFile(JSON.stringify(value, null, '\t'));
			expect(problems).toEqual([]);
			expect(file.rules).toMatchObject([{ name: 'Fast', pattern, scope: { vehicles: 'all' } }]);
		}
	});

	it('tells each wrong rule with its place, and keeps the good ones', () => {
		const { file, problems, places } = parseRuleFile(`rules:
  - name: Good
    pattern: { attribute: a, operator: exists }
  - name: Bad value
    pattern:
      all:
        - { attribute: a, operator: exists }
        - { attribute: b, operator: lt, value: many }
  - name: Bad scope
    scope: { vehicleId: 4 }
    pattern: { attribute: a, operator: exists }
  - name: Good
    pattern: { attribute: b, operator: exists }
  - just a text
geofences:
  - name: Nowhere
`);
		expect(file.rules.map(({ name }) => name)).toEqual(['Good']);
		expect(places.get('Good')).toEqual({ line: 2, column: 5 });
		expect(problems.map(({ line, column, name, field }) => [line, column, name, field])).toEqual([
			[8, 48, 'Bad value', 'rules[1].pattern.all[1].value'],
			[10, 25, 'Bad scope', 'rules[2].scope.vehicleId'],
			[12, 11, 'Good', 'rules[3].name'],
			[14, 5, null, 'rules[4]'],
			[16, 5, 'Nowhere', 'geofences[0].shape'],
		]);
		expect(problemText(problems[1] ?? problems[0]!)).toMatch(
			/^10:25 Bad scope: .*Name the vehicle by its VIN/,
		);
	});

	it.each([
		['', /nothing/],
		['just text', /text/],
		[`#${' '.repeat(5_000_000)}`, /5000001 characters/],
		['rules: 5', /a number, not a list/],
		['rulez: []', /no field 'rulez'/],
		['rules:\n\t- name: x', /not readable as YAML/],
		['rules: [', /not readable as YAML/],
		['a: &a [1]\nrules: *b', /not readable/],
		['name: !!js/function x\npattern: 1', /not readable as YAML/],
		['rules: []\nrules: []', /not readable as YAML/],
		[
			`a: &a [1,1,1,1,1,1,1,1,1]\n${'bcdefg'.replace(
				/./g,
				(c) =>
					`${c}: &${c} [${Array(9)
						.fill(`*${String.fromCharCode(c.charCodeAt(0) - 1)}`)
						.join(',')}]\n`,
			)}`,
			/not readable/,
		],
	])('is refused as a whole with a reason: %#', (text, reason) => {
		const { file, problems } = parseRuleFile(text);
		expect(file.rules).toEqual([]);
		expect(problems[0]?.message).toMatch(reason);
	});

	it('never throws', () => {
		fc.assert(
			fc.property(fc.oneof(fc.json(), fc.string({ unit: 'binary' })), (text) => {
				expect(parseRuleFile(text).file.rules).toEqual([]);
			}),
		);
	});
});
