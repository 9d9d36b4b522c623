import fc from 'fast-check';
import { parseTrace } from './parse-trace';
import { problemText } from './rule-file';
import type { Trace } from './trace';

const START = Date.UTC(2026, 2, 2, 8);

function traceOf(text: string): Trace {
	const parsed = parseTrace(text);
	if ('trace' in parsed) return parsed.trace;
	throw new Error(parsed.problems.map(problemText).join('\n'));
}

function problemsOf(text: string): string[] {
	const parsed = parseTrace(text);
	return 'trace' in parsed ? [] : parsed.problems.map(problemText);
}

const seconds = ({ reports }: Trace) => reports.map(({ reportedAt }) => (reportedAt - START) / 1000);

describe('parseTrace', () => {
	it('reads reports as a feed takes them, or counted from the one before', () => {
		const trace = traceOf(`
vehicle: { key: B-FL 100, attributes: { maxSpeed: 80 }, customer: { key: ACME, attributes: { a: 1 } } }
reports:
  - { reportedAt: 2026-03-02T08:00:00Z, position: { latitude: 52.5, longitude: 13.4 }, attributes: { speed: 1 } }
  - { after: 10s, speed: 2, messageId: mine }
  - { every: 1.5m, times: 3, speed: { from: 10, to: 20 }, latitude: { from: 50, to: 51 }, longitude: 13 }
  - { after: 1h }
  - { timestamp: 1772438400, speed: 9 }
until: 2d
expect:
  - { openedAt: 2026-03-02T08:00:10Z }
  - { rule: Other, openedAt: 2026-03-02T09:00:10+01:00, clearedAt: null, severity: critical }
`);
		expect(trace.vehicles).toEqual([
			{ key: 'B-FL 100', attributes: { maxSpeed: 80 }, customer: { key: 'ACME', attributes: { a: 1 } } },
		]);
		expect(seconds(trace)).toEqual([0, 10, 100, 190, 280, 3880, 0]);
		expect(trace.reports[0]).toMatchObject({
			messageId: 'report 1',
			vehicleKey: 'B-FL 100',
			position: { latitude: 52.5, longitude: 13.4 },
			attributes: { speed: 1 },
		});
		expect(trace.reports[1]).toMatchObject({ messageId: 'mine', position: null, attributes: { speed: 2 } });
		expect(trace.reports[3]).toMatchObject({ position: { latitude: 50.5 }, attributes: { speed: 15 } });
		expect(trace.until).toBe(START + 3_880_000 + 2 * 86_400_000);
		expect(trace.expect).toEqual([
			{ rule: null, vehicle: 'B-FL 100', openedAt: START + 10_000 },
			{ rule: 'Other', vehicle: 'B-FL 100', openedAt: START + 10_000, clearedAt: null, severity: 'critical' },
		]);
	});

	it('takes several vehicles, those too of which nothing is known', () => {
		const trace = traceOf(`
vehicles: [B-FL 100, { key: B-FL 200 }]
reports:
  - { reportedAt: 2026-03-02T08:00:00Z, vehicle: B-FL 200, speed: 1 }
  - { after: 5s, vehicle: 4711, speed: 2 }
expect: [{ vehicle: '4711', openedAt: 2026-03-02T08:00:05Z }]
`);
		expect(trace.vehicles.map(({ key }) => key)).toEqual(['B-FL 100', 'B-FL 200', '4711']);
		expect(trace.until).toBe(START + 5000);
	});

	it('reads a recording with a message a line', () => {
		const text = [
			'{"vehicle":"A","attributes":{"kind":"own"}}',
			'{"vehicle":"A","reportedAt":"2026-03-02T08:00:00Z","speed":1}',
			'',
			'{"vehicle":"A","reportedAt":"2026-03-02T08:00:05Z","speed":2}',
			'{"expect":[{"openedAt":"2026-03-02T08:00:05Z"}],"until":"1h"}',
		];
		const trace = traceOf(text.filter((_, line) => line > 0).join('\r\n'));
		expect(trace.reports).toHaveLength(2);
		expect(trace.expect).toMatchObject([{ vehicle: 'A' }]);
		expect(trace.until).toBe(START + 3_605_000);
		expect(problemsOf(text.join('\n').replace('"speed":2', '"speed":[]'))).toEqual([
			expect.stringMatching(/^1:1 .*no field 'attributes'/),
			expect.stringMatching(/^4:1 speed: is a list/),
		]);
	});

	it.each([
		['', /^1:1 the trace is null, not an object/],
		['reports: []\nexpect: []', /^1:10 The trace has no reports/],
		[
			'vehicle: A\nreports: [{ reportedAt: 2026-03-02T08:00:00Z }]',
			/^1:1 The trace does not say what should fire/,
		],
		['vehicle: A\nreport: []\nexpect: []', /Did you mean 'reports'/],
		['vehicle: A\nreports: [{ speed: 1 }]\nexpect: []', /^2:11 reportedAt: the message does not say when/],
		[
			'reports: [{ reportedAt: 2026-03-02T08:00:00Z }]\nexpect: []',
			/^1:11 vehicle: the message does not say which/,
		],
		[
			'vehicle: A\nreports: [{ after: 5s }]\nexpect: []',
			/^2:20 after counts from the report before, but this is/,
		],
		[
			withSecond('{ after: 5s, reportedAt: 2026-03-02T08:00:00Z }'),
			/^4:14 after counts.*has no time of its own/,
		],
		[withSecond('{ after: soon }'), /^4:14 'soon' in after is no stretch of time/],
		[withSecond('{ every: 5s }'), /^4:5 missing in times is no whole number/],
		[withSecond('{ times: 5 }'), /^4:14 times is given without every/],
		[withSecond('{ every: 5s, times: 2.5 }'), /^4:25 2.5 in times is no whole number/],
		[withSecond('{ after: 5s, latitude: 99, longitude: 1 }'), /^4:28 latitude: 99 is outside -90..90/],
		[`${withSecond('{ after: 5s }')}until: 2026-03-02T07:00:00Z\n`, /^5:8 .* is before the last report/],
		[
			withSecond('{ after: 5s }').replace('[]', '[{ openedAt: never }]'),
			/^2:22 'never' in openedAt is no date/,
		],
		[
			withSecond('{ after: 5s }').replace('[]', '[{ opendAt: 1 }]'),
			/^2:21 the firing has no field 'opendAt'/,
		],
		[withSecond('{ after: 5s }').replace('[]', '{}'), /^2:9 expect is an object, not a list/],
	])('tells what is wrong, and where: %j', (text, problem) => {
		expect(problemsOf(text)[0]).toMatch(problem);
	});

	it('never throws', () => {
		const report = fc.record(
			{
				reportedAt: fc.oneof(fc.constant('2026-03-02T08:00:00Z'), fc.anything()),
				every: fc.oneof(fc.constant('5s'), fc.anything()),
				times: fc.oneof(fc.nat(5), fc.anything()),
				speed: fc.oneof(fc.integer(), fc.record({ from: fc.anything(), to: fc.integer() })),
			},
			{ requiredKeys: [] },
		);
		const trace = fc.record(
			{
				vehicle: fc.oneof(fc.constant('A'), fc.anything()),
				reports: fc.oneof(fc.array(report), fc.anything()),
				until: fc.anything(),
				expect: fc.oneof(fc.array(fc.anything()), fc.anything()),
				geofences: fc.oneof(fc.array(fc.anything()), fc.anything()),
			},
			{ requiredKeys: [] },
		);
		const text = fc.oneof(
			trace.map((value) => JSON.stringify(value) ?? ''),
			fc.string({ unit: 'binary' }),
		);
		fc.assert(
			fc.property(text, (given) => {
				const parsed = parseTrace(given);
				if ('problems' in parsed) expect(parsed.problems.length).toBeGreaterThan(0);
				else expect(parsed.trace.reports.length).toBeGreaterThan(0);
			}),
			{ numRuns: 500 },
		);
	});
});

function withSecond(report: string): string {
	return `vehicle: A\nexpect: []\nreports: [{ reportedAt: 2026-03-02T08:00:00Z },\n    ${report}]\n`;
}
